package io.tean.register.sheet;

import java.util.Locale;
import java.util.Optional;

/**
 * One column of a sheet.
 *
 * @param name in English, as it stands in files, in the audit trail and in queries
 * @param zh the same in Chinese
 * @param fallback what an empty cell of a new row means; an empty cell then leaves what is registered as it is
 */
public record Heading(String name, String zh, boolean needed, CellType type, Optional<String> fallback) {
    static Heading needed(String name, String zh, CellType type) {
        return new Heading(name, zh, true, type, Optional.empty());
    }

    static Heading maybe(String name, String zh, CellType type) {
        return new Heading(name, zh, false, type, Optional.empty());
    }

    /** One that always has a value. */
    static Heading filled(String name, String zh, CellType type, String fallback) {
        return new Heading(name, zh, false, type, Optional.of(fallback));
    }

    /** What stands in a file's first row for this column. */
    public String in(Language language) {
        return language == Language.CHINESE ? zh : name;
    }

    boolean isCalled(String text) {
        return zh.equals(text) || name.equals(text.toLowerCase(Locale.ROOT));
    }
}
