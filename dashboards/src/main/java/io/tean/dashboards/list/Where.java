package io.tean.dashboards.list;

import io.tean.dashboards.access.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a list's query, with what they bind. It begins with a reach: no list is without one. */
public final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> bindings = new HashMap<>();

    public Where(Reach reach) {
        conditions.add(reach.condition());
        bindings.putAll(reach.bindings());
    }

    /** @param condition SQL of ours; what came from outside is bound */
    public Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    public Where and(String condition, String name, Object value) {
        return and(condition).bind(name, value);
    }

    public Where bind(String name, Object value) {
        bindings.put(name, value);
        return this;
    }

    public Where and(String condition, Map<String, Object> bound) {
        bindings.putAll(bound);
        return and(condition);
    }

    public String sql() {
        return "WHERE (" + String.join(") AND (", conditions) + ") ";
    }

    public Map<String, Object> bindings() {
        return Map.copyOf(bindings);
    }
}
