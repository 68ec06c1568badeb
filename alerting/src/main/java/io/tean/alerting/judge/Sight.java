package io.tean.alerting.judge;

import io.tean.alerting.rule.Values;
import io.tean.core.reading.Reading;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the expressions see from one reading: its fields, the machine's newest readings before it, registered facts. */
final class Sight implements Values {
    private static final String KNOWN = "known.";
    private static final String LAST = "last.";
    private static final String AGE = "age_s";
    /** Names taken apart once: there are as many as the rules use. */
    private static final Map<String, Name> NAMES = new ConcurrentHashMap<>();

    private final Reading reading;
    private final MachineState state;
    private final Map<String, Object> facts;

    Sight(Reading reading, MachineState state, Map<String, Object> facts) {
        this.reading = reading;
        this.state = state;
        this.facts = facts;
    }

    /** @param table of the other stream, or empty: a field of the reading or a fact */
    private record Name(boolean known, String table, String field, String whole) {
        static Name of(String text) {
            boolean known = text.startsWith(KNOWN);
            String rest = known ? text.substring(KNOWN.length()) : text;
            if (!rest.startsWith(LAST)) {
                return new Name(known, "", rest, rest);
            }
            int dot = rest.indexOf('.', LAST.length());
            return new Name(known, rest.substring(LAST.length(), dot), rest.substring(dot + 1), rest);
        }
    }

    /** The stream that a name looks back at. */
    static Optional<StreamDeclaration> lastStream(String name, StreamCatalogue streams) {
        Name parts = Name.of(name);
        return streams.all().stream().filter(s -> s.table().equals(parts.table)).findAny();
    }

    @Override
    public @Nullable Object of(String text) {
        Name name = NAMES.computeIfAbsent(text, Name::of);
        Object value = value(name);
        return name.known ? (Object) (value != null) : value;
    }

    private @Nullable Object value(Name name) {
        if (!name.table.isEmpty()) {
            return looked(name);
        }
        int index = reading.stream().indexOf(name.field);
        return index < 0 ? facts.get(name.whole) : value(reading, name.field);
    }

    private @Nullable Object looked(Name name) {
        for (Reading last : state.last().values()) {
            if (last.stream().table().equals(name.table)) {
                if (last.epochMicros() > reading.epochMicros()) {
                    return null;
                }
                return name.field.equals(AGE)
                        ? (Object) ((reading.epochMicros() - last.epochMicros()) / 1e6)
                        : value(last, name.field);
            }
        }
        return null;
    }

    private static @Nullable Object value(Reading reading, String name) {
        if (!reading.knows(name)) {
            return null;
        }
        Field field = reading.stream().field(name).orElseThrow();
        return switch (field.type()) {
            case BOOL -> (Object) reading.bool(name);
            case INT -> reading.integer(name);
            case REAL -> reading.real(name);
            case TEXT, ENUM -> reading.text(name);
            case LIST -> reading.list(name);
        };
    }
}
