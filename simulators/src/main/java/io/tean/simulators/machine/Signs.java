package io.tean.simulators.machine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes by what a fault shows itself, the first time only. */
final class Signs {
    private final Map<String, Sign> seen = new LinkedHashMap<>();
    private boolean watching;

    void watch() {
        seen.clear();
        watching = true;
    }

    void rest() {
        watching = false;
    }

    void note(String stream, String field, Object value, Instant at) {
        if (watching) {
            seen.putIfAbsent(stream + " " + field + " " + value, new Sign(stream, field, value, at));
        }
    }

    List<Sign> all() {
        return List.copyOf(seen.values());
    }
}
