package io.tean.register.maintenance;

import io.tean.core.maintenance.MaintenanceLevel;
import io.tean.core.maintenance.VisitRecord;
import io.tean.core.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Two elevators, a firm with contracts for both, two workers with certificates: what a visit needs to be sound. */
final class Site {
    static final String FIRM = "91371300MA00000001";
    static final String LIFT = "31103713002020120001";
    static final String OTHER_LIFT = "31103713002020120002";
    static final Instant DONE = Instant.parse("2026-11-20T02:00:00Z");
    static final List<String> HALF_MONTH_ITEMS =
            IntStream.rangeClosed(1, 31).mapToObj(n -> "A-1-" + n).toList();

    private Site() {}

    static void build(TestDatabase database) {
        database.execute("""
                TRUNCATE audit_entry, audit_unsealed, duty_stale, duty, duty_count;
                TRUNCATE organisation, equipment, operator, maintenance_record, overdue_suspension, elevator_status CASCADE;
                INSERT INTO organisation (organisation_id, credit_code, kind, name) OVERRIDING SYSTEM VALUE
                VALUES (1, '91371300MA00000001', 'MAINTENANCE_FIRM', '甲维保');
                INSERT INTO equipment (equipment_id, code, category, name, division_code, type_code, catalogue, latitude, longitude, in_use_since)
                OVERRIDING SYSTEM VALUE
                VALUES (1, '31103713002020120001', 'elevator', '1号梯', '371302', '3110', '2014', 35.1, 118.35, '2020-12-01'),
                       (2, '31103713002020120002', 'elevator', '2号梯', '371302', '3110', '2014', 35.2, 118.35, '2020-12-01');
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                VALUES ('C-1', 1, 1, '2024-01-01', '2027-01-01'), ('C-1', 2, 1, '2024-01-01', '2027-01-01');
                INSERT INTO operator (operator_id, certificate_no, name, organisation_id) OVERRIDING SYSTEM VALUE
                VALUES (1, 'T-1', '张三', 1), (2, 'T-2', '李四', 1), (3, 'T-3', '王五', 1);
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                VALUES (1, 'T', '2024-01-01', '2028-01-01'), (2, 'T', '2024-01-01', '2028-01-01'), (3, 'T', '2020-01-01', '2024-01-01')
                """);
    }

    static VisitRecord visit(String no) {
        return new VisitRecord(
                no,
                FIRM,
                MaintenanceLevel.HALF_MONTH,
                Optional.of("FIXED_CYCLE"),
                Optional.of(DONE.minusSeconds(45 * 60)),
                DONE,
                List.of("T-1", "T-2"),
                OptionalDouble.of(35.1001),
                OptionalDouble.of(118.3501),
                Optional.of(true),
                OptionalInt.of(2),
                List.of(),
                HALF_MONTH_ITEMS,
                List.of(),
                Optional.empty());
    }

    static VisitRecord at(VisitRecord visit, Optional<Instant> checkIn, Instant checkOut) {
        return of(visit, checkIn, checkOut, visit.workers(), visit.latitude(), visit.items(), visit.firmCode());
    }

    static VisitRecord by(VisitRecord visit, String... workers) {
        return of(
                visit,
                visit.checkInAt(),
                visit.checkOutAt(),
                List.of(workers),
                visit.latitude(),
                visit.items(),
                visit.firmCode());
    }

    static VisitRecord from(VisitRecord visit, double latitude) {
        return of(
                visit,
                visit.checkInAt(),
                visit.checkOutAt(),
                visit.workers(),
                OptionalDouble.of(latitude),
                visit.items(),
                visit.firmCode());
    }

    static VisitRecord with(VisitRecord visit, List<String> items) {
        return of(
                visit,
                visit.checkInAt(),
                visit.checkOutAt(),
                visit.workers(),
                visit.latitude(),
                items,
                visit.firmCode());
    }

    static VisitRecord of(VisitRecord visit, String firm) {
        return of(visit, visit.checkInAt(), visit.checkOutAt(), visit.workers(), visit.latitude(), visit.items(), firm);
    }

    private static VisitRecord of(
            VisitRecord visit,
            Optional<Instant> checkIn,
            Instant checkOut,
            List<String> workers,
            OptionalDouble latitude,
            List<String> items,
            String firm) {
        return new VisitRecord(
                visit.visitNo(),
                firm,
                visit.level(),
                visit.kind(),
                checkIn,
                checkOut,
                workers,
                latitude,
                visit.longitude(),
                visit.scanned(),
                visit.photoCount(),
                visit.photosSha256(),
                items,
                visit.failedItems(),
                visit.note());
    }
}
