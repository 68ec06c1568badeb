package io.tean.core.stream;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a source's own codes become ours: field {@code to} is looked up by the texts in the fields {@code by} (which source)
 * and {@code from} (its code), when the payload does not bring {@code to} itself.
 */
public record CodeMapping(String to, String by, String from, Map<String, Table> tables) {
    public CodeMapping {
        tables = Map.copyOf(tables);
    }

    /** One source's table. */
    public record Table(@Nullable String note, @Nullable Mark mark, Map<String, Long> codes) {
        public Table {
            codes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(codes));
        }
    }

    /** Our code for a source's code; empty when the source or its code is not in the tables. */
    public OptionalLong lookUp(String source, String sourceCode) {
        Table table = tables.get(source);
        Long code = table == null ? null : table.codes().get(sourceCode);
        return code == null ? OptionalLong.empty() : OptionalLong.of(code);
    }
}
