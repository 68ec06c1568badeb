package io.tean.alerting.judge;

import io.tean.core.stream.ResourceFolder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How much of a liquefied gas a litre of water volume may hold (充装系数), where the register does not say what a cylinder may hold. */
final class FillFactor {
    private static final Map<String, Double> KG_PER_LITRE = read();

    private FillFactor() {}

    /** In kg/L, by the stream's word for the medium; empty for gases that are limited by pressure. */
    static Optional<Double> of(String medium) {
        return Optional.ofNullable(KG_PER_LITRE.get(medium));
    }

    private static Map<String, Double> read() {
        Map<String, Double> factors = new TreeMap<>();
        ResourceFolder.files("io/tean/alerting/judge/factors/", ".yaml")
                .values()
                .forEach(yaml -> {
                    for (JsonNode factor : new YAMLMapper().readTree(yaml).path("factors")) {
                        factors.put(
                                factor.path("medium").asString(),
                                factor.path("kg_per_litre").asDouble());
                    }
                });
        return factors;
    }
}
