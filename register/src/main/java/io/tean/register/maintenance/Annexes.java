package io.tean.register.maintenance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tean.core.stream.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Which items a visit of a level must have done, by the kind of elevator; declared in {@code annexes.yaml}. */
final class Annexes {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Declared declared;
    private final Map<String, List<String>> needed = new HashMap<>();

    record Declared(String source, Mark mark, int version, String effective, List<Annex> annexes, String otherwise) {}

    record Annex(
            String annex,
            @JsonProperty("half_month") int halfMonth,
            int quarter,
            @JsonProperty("half_year") int halfYear,
            int year,
            @JsonProperty("types_2014") List<String> types2014,
            @JsonProperty("types_old") List<String> typesOld) {}

    private Annexes(Declared declared) {
        this.declared = declared;
        for (Annex annex : declared.annexes()) {
            int[] sizes = {annex.halfMonth(), annex.quarter(), annex.halfYear(), annex.year()};
            String[] levels = {"HALF_MONTH", "QUARTER", "HALF_YEAR", "YEAR"};
            List<String> items = new ArrayList<>();
            for (int list = 0; list < sizes.length; list++) {
                for (int number = 1; number <= sizes[list]; number++) {
                    items.add(annex.annex() + "-" + (list + 1) + "-" + number);
                }
                needed.put(annex.annex() + levels[list], List.copyOf(items));
            }
        }
    }

    static Annexes builtIn() {
        try (InputStream yaml = Objects.requireNonNull(Annexes.class.getResourceAsStream("annexes.yaml"))) {
            return new Annexes(YAML.readValue(yaml, Declared.class));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read annexes.yaml on the class path", e);
        }
    }

    /** The items that the level asks for and that were not done; none for a call-out repair. */
    List<String> missing(Optional<String> typeCode, Optional<String> catalogue, String level, Collection<String> done) {
        List<String> asked = needed.getOrDefault(annex(typeCode, catalogue) + level, List.of());
        Set<String> known = new HashSet<>(done);
        if (known.containsAll(asked)) {
            return List.of();
        }
        return asked.stream().filter(item -> !known.contains(item)).toList();
    }

    private String annex(Optional<String> typeCode, Optional<String> catalogue) {
        if (typeCode.isPresent()) {
            boolean old = catalogue.filter("old"::equals).isPresent();
            for (Annex annex : declared.annexes()) {
                for (String start : old ? annex.typesOld() : annex.types2014()) {
                    if (typeCode.get().startsWith(start)) {
                        return annex.annex();
                    }
                }
            }
        }
        return declared.otherwise();
    }
}
