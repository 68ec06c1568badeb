package io.tean.register.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything about one visit that its verdict depends on.
 *
 * @param metres between the machine and the place of the visit; empty when one of the two is not known
 * @param uncertified certificate numbers among the workers' that are not valid for elevator repair on the day
 * @param elsewhere other visits of one of the workers at the same time, as "worker at machine"
 * @param telemetry whether the machine published around the visit
 * @param inspectionMode whether it was in inspection operation meanwhile
 * @param missingItems of those that the level asks for
 */
record Evidence(
        String level,
        Optional<Instant> checkIn,
        Instant checkOut,
        List<String> workers,
        OptionalDouble metres,
        List<String> uncertified,
        List<String> elsewhere,
        boolean telemetry,
        boolean inspectionMode,
        List<String> missingItems,
        boolean contracted) {
    Evidence {
        workers = List.copyOf(workers);
        uncertified = List.copyOf(uncertified);
        elsewhere = List.copyOf(elsewhere);
        missingItems = List.copyOf(missingItems);
    }
}
