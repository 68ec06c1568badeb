package io.tean.dashboards.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recurring job as the scheduler has it.
 *
 * @param running whether a service runs it just now
 * @param failures in a row; nought when its last run went well
 */
public record Job(
        String name,
        Instant nextRun,
        boolean running,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastFailure,
        int failures) {
    /** A job of every few seconds may wait for a slow one, as its health check has it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How it stands. */
    public enum Standing {
        WELL("good"),
        RUNNING("good"),
        LATE("bad"),
        FAILING("bad");

        private final String badge;

        Standing(String badge) {
            this.badge = badge;
        }

        /** The look of its badge. */
        public String badge() {
            return badge;
        }
    }

    public Standing standing(Instant now) {
        if (failures > 0) {
            return Standing.FAILING;
        }
        if (running) {
            return Standing.RUNNING;
        }
        return nextRun.plus(PATIENCE).isBefore(now) ? Standing.LATE : Standing.WELL;
    }

    /** As the API has it. */
    Map<String, Object> json(Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", name);
        json.put("standing", standing(now).name());
        json.put("next_run", nextRun);
        json.put("last_success", lastSuccess);
        json.put("last_failure", lastFailure);
        json.put("failures_in_a_row", failures);
        return json;
    }
}
