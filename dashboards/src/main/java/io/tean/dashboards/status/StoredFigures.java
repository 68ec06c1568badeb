package io.tean.dashboards.status;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the database said at one moment. A part that it could not say in time is absent.
 *
 * @param equipment number by category
 * @param alerts not closed, by severity, the worst first
 * @param deadLetters kept, by reason
 */
public record StoredFigures(
        Instant readAt,
        List<StreamFigures> streams,
        Optional<Map<String, Long>> equipment,
        Optional<Devices> devices,
        Optional<Map<String, Alerts>> alerts,
        Optional<Map<String, Long>> deadLetters) {

    public StoredFigures {
        streams = List.copyOf(streams);
        equipment = equipment.map(StoredFigures::inOrder);
        alerts = alerts.map(StoredFigures::inOrder);
        deadLetters = deadLetters.map(StoredFigures::inOrder);
    }

    /**
     * One stream.
     *
     * @param rows about how many readings, as the planner's statistics have it; absent before the first statistics
     * @param newest latest event time
     */
    public record StreamFigures(String stream, OptionalLong rows, Optional<Instant> newest) {}

    /** Logins of devices. */
    public record Devices(long enabled, long disabled) {}

    /** Alerts that are not closed. */
    public record Alerts(long open, long acknowledged) {}

    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
