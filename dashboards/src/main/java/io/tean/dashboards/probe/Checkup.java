package io.tean.dashboards.probe;

import io.tean.core.health.HealthCheck;
import io.tean.core.health.HealthCheck.Health;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts' own words, asked at one moment. */
public record Checkup(List<Health> parts) {
    private static final Logger log = LoggerFactory.getLogger(Checkup.class);

    public Checkup {
        parts = List.copyOf(parts);
    }

    public static Checkup of(List<HealthCheck> checks) {
        List<Health> parts = new ArrayList<>();
        for (HealthCheck check : checks) {
            parts.add(ask(check));
        }
        return new Checkup(parts);
    }

    public boolean well() {
        return parts.stream().allMatch(part -> part.well() || !part.needed());
    }

    /** The parts that are not well. */
    public List<Health> ill() {
        return parts.stream().filter(part -> !part.well()).toList();
    }

    /** As a probe is told. */
    Map<String, ?> json() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Health part : parts) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("part", part.part());
            one.put("well", part.well());
            one.put("detail", part.detail());
            list.add(one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ready", well());
        json.put("parts", list);
        return json;
    }

    /** A part that cannot even say how it does is not well; the others must still be heard. */
    private static Health ask(HealthCheck check) {
        try {
            return check.health();
        } catch (RuntimeException e) {
            String name = check.getClass().getSimpleName();
            log.error("the health check {} failed", name, e);
            return new Health(name, false, "its check failed; see the log");
        }
    }
}
