package io.tean.core.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A maintenance visit as somebody reports it.
 *
 * @param visitNo the firm's own number
 * @param firmCode unified social credit code; empty when it was not said
 * @param workers certificate numbers of all on site
 * @param latitude degrees, CGCS2000
 * @param longitude degrees, CGCS2000
 * @param items annex-list-number of TSG T5002-2017, such as A-1-29
 */
public record VisitRecord(
        String visitNo,
        String firmCode,
        MaintenanceLevel level,
        Optional<String> kind,
        Optional<Instant> checkInAt,
        Instant checkOutAt,
        List<String> workers,
        OptionalDouble latitude,
        OptionalDouble longitude,
        Optional<Boolean> scanned,
        OptionalInt photoCount,
        List<String> photosSha256,
        List<String> items,
        List<String> failedItems,
        Optional<String> note) {
    public VisitRecord {
        workers = List.copyOf(workers);
        photosSha256 = List.copyOf(photosSha256);
        items = List.copyOf(items);
        failedItems = List.copyOf(failedItems);
    }
}
