package io.tean.alerting.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that expressions may use, with their types: the fields of the stream; {@code last.<stream>.<field>} and
 * {@code last.<stream>.age_s} of the machine's other streams (a dash of a name is written _); registered facts; and {@code known.<name>} for
 * each of them.
 */
public final class Vocabulary {
    static final String KNOWN = "known.";
    static final String LAST = "last.";
    /** Seconds from the newest reading of the other stream to this one. */
    static final String AGE = "age_s";

    /** Facts that the register knows of the machine. */
    public static final Map<String, CelType> EQUIPMENT_FACTS = Map.ofEntries(
            Map.entry("equipment.type_code", SimpleType.STRING),
            // Whether the type code says escalator or moving walk, in the generation of its catalogue; unknown without
            // either.
            Map.entry("equipment.escalator", SimpleType.BOOL),
            Map.entry("equipment.state", SimpleType.STRING),
            Map.entry("equipment.crowded_place", SimpleType.BOOL),
            Map.entry("equipment.rated_pressure_mpa", SimpleType.DOUBLE),
            Map.entry("equipment.rated_steam_tph", SimpleType.DOUBLE),
            Map.entry("equipment.rated_heat_mw", SimpleType.DOUBLE),
            Map.entry("equipment.rated_load_kg", SimpleType.DOUBLE),
            Map.entry("equipment.rated_speed_mps", SimpleType.DOUBLE),
            Map.entry("equipment.max_safe_level_mm", SimpleType.DOUBLE),
            Map.entry("equipment.min_safe_level_mm", SimpleType.DOUBLE));

    /** Facts that the register knows of the cylinder and the people of a fill, and what follows from them on the day of the fill. */
    public static final Map<String, CelType> FILL_FACTS = Map.of(
            // Always known: whether the register has the code.
            "cylinder.registered", SimpleType.BOOL,
            "cylinder.state", SimpleType.STRING,
            // In the words of the stream's field medium; unknown when the register's own word is none of them in any
            // language.
            "cylinder.medium", SimpleType.STRING,
            // Whether it is the station's own or entrusted to it.
            "cylinder.of_station", SimpleType.BOOL,
            "cylinder.scrap_passed", SimpleType.BOOL,
            "cylinder.inspection_passed", SimpleType.BOOL,
            // The registered rated fill, else water volume by the fill factor of its medium.
            "cylinder.max_fill_kg", SimpleType.DOUBLE,
            // Whether the certificate exists and is valid for filling on the day; unknown when the fill names nobody.
            "filler.certified", SimpleType.BOOL);

    private Vocabulary() {}

    /** Names and types for the conditions on a stream. */
    static Map<String, CelType> of(StreamDeclaration stream, StreamCatalogue catalogue) {
        Map<String, CelType> names = new LinkedHashMap<>();
        stream.fields().forEach(field -> names.put(field.name(), type(field)));
        for (StreamDeclaration other : catalogue.all()) {
            if (other.equipment().stream().anyMatch(stream.equipment()::contains)) {
                String prefix = LAST + other.table() + ".";
                other.fields().forEach(field -> names.put(prefix + field.name(), type(field)));
                names.put(prefix + AGE, SimpleType.DOUBLE);
            }
        }
        names.putAll(new TreeMap<>(EQUIPMENT_FACTS));
        if (stream.name().equals("cylinder-fill")) {
            names.putAll(new TreeMap<>(FILL_FACTS));
        }
        Map<String, CelType> all = new LinkedHashMap<>(names);
        names.keySet().forEach(name -> all.put(KNOWN + name, SimpleType.BOOL));
        return all;
    }

    static boolean isLast(String name) {
        return name.startsWith(LAST) || name.startsWith(KNOWN + LAST);
    }

    /** Whether the name is a registered fact, not a value of a reading. */
    public static boolean isFact(String name) {
        String bare = name.startsWith(KNOWN) ? name.substring(KNOWN.length()) : name;
        return EQUIPMENT_FACTS.containsKey(bare) || FILL_FACTS.containsKey(bare);
    }

    /** Whether it is a fact of something that the reading names, such as a cylinder, and not of the machine. */
    public static boolean isFactOfReading(String name) {
        return FILL_FACTS.containsKey(name.startsWith(KNOWN) ? name.substring(KNOWN.length()) : name);
    }

    private static CelType type(Field field) {
        return switch (field.type()) {
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case REAL -> SimpleType.DOUBLE;
            case TEXT, ENUM -> SimpleType.STRING;
            case LIST -> ListType.create(SimpleType.STRING);
        };
    }
}
