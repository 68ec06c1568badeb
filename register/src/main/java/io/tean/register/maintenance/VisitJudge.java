package io.tean.register.maintenance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.register.RegisterMeters;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Gathers the evidence of visits and writes the verdicts, in the transaction that recorded them. */
public final class VisitJudge {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int AT_ONCE = 5_000;
    private static final double EARTH_METRES = 6_371_000;

    private final EvidenceLimits limits;
    private final Annexes annexes = Annexes.builtIn();
    private final Map<EvidenceCheck, Counter> doubts = new EnumMap<>(EvidenceCheck.class);

    public VisitJudge(EvidenceLimits limits, MeterRegistry meters) {
        this.limits = limits;
        for (EvidenceCheck check : EvidenceCheck.values()) {
            doubts.put(
                    check,
                    Counter.builder(RegisterMeters.VISITS_SUSPECT.meterName())
                            .description(RegisterMeters.VISITS_SUSPECT.meaning())
                            .tag("check", check.word())
                            .register(meters));
        }
    }

    /** A verdict to be written. */
    private record Verdict(long record, Map<EvidenceCheck, String> doubts) {}

    /** One record with its evidence, and the records in which one of its workers was elsewhere. */
    private record Gathered(long record, Evidence evidence, List<Long> others) {}

    /** Judges all records of the temporary table {@code taken_record}, however many. */
    public void judgeTaken(Connection connection) throws SQLException {
        long last = 0;
        while (true) {
            List<Long> records = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT record_id FROM taken_record WHERE record_id > ? ORDER BY record_id LIMIT " + AT_ONCE)) {
                select.setLong(1, last);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        records.add(row.getLong(1));
                    }
                }
            }
            if (records.isEmpty()) {
                return;
            }
            judge(connection, records);
            last = records.getLast();
        }
    }

    /**
     * Writes a verdict on each of the records, and a new one on records that these throw a doubt on.
     *
     * @return those of the given ones that are suspect
     */
    Set<Long> judge(Connection connection, Collection<Long> records) throws SQLException {
        noteWorkers(connection, records);
        List<Gathered> gathered = gather(connection, records);
        Set<Long> suspect = write(connection, gathered);
        Set<Long> others = new TreeSet<>();
        gathered.forEach(one -> others.addAll(one.others()));
        others.removeAll(records);
        List<Long> unaware = unaware(connection, others);
        if (!unaware.isEmpty()) {
            write(connection, gather(connection, unaware));
        }
        return suspect;
    }

    private static void noteWorkers(Connection connection, Collection<Long> records) throws SQLException {
        // Two lanes that record visits of one worker at once must see each other: the second waits for the first.
        try (PreparedStatement lock = connection.prepareStatement("""
                SELECT pg_advisory_xact_lock(726561, key) FROM (
                    SELECT DISTINCT hashtext(worker) AS key FROM maintenance_record, unnest(workers) AS worker
                    WHERE record_id = ANY (?) ORDER BY 1) AS keys
                """)) {
            // In bulk there are more workers than locks; an import has the ledger to itself.
            if (records.size() < AT_ONCE / 10) {
                lock.setArray(1, ids(connection, records));
                lock.execute();
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO visit_worker (worker, check_out_at, check_in_at, record_id)
                SELECT DISTINCT worker, check_out_at, check_in_at, record_id
                FROM maintenance_record, unnest(workers) AS worker
                WHERE record_id = ANY (?) AND check_in_at <= check_out_at
                ON CONFLICT DO NOTHING
                """)) {
            insert.setArray(1, ids(connection, records));
            insert.executeUpdate();
        }
    }

    private List<Gathered> gather(Connection connection, Collection<Long> records) throws SQLException {
        Map<Long, List<String>> elsewhere = new HashMap<>();
        Map<Long, List<Long>> others = new HashMap<>();
        elsewhere(connection, records, elsewhere, others);
        List<Gathered> gathered = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT r.record_id, r.level, r.check_in_at, r.check_out_at, r.workers, r.latitude, r.longitude, r.items,
                       e.latitude, e.longitude, e.type_code, e.catalogue,
                       ARRAY(SELECT worker FROM unnest(r.workers) AS worker
                             WHERE NOT EXISTS (SELECT FROM operator o JOIN operator_certificate c USING (operator_id)
                                               WHERE o.certificate_no = worker AND c.item = 'T'
                                                 AND d.day >= c.from_on AND d.day < c.until_on)) AS uncertified,
                       EXISTS (SELECT FROM contract c WHERE c.equipment_id = r.equipment_id AND c.firm_id = r.firm_id
                                 AND d.day >= c.from_on AND d.day < c.until_on) AS contracted,
                       EXISTS (SELECT FROM elevator_status s WHERE s.equipment_id = r.equipment_id
                                 AND s.time >= coalesce(r.check_in_at, r.check_out_at) AND s.time <= r.check_out_at) AS telemetry,
                       EXISTS (SELECT FROM elevator_status s WHERE s.equipment_id = r.equipment_id
                                 AND s.time >= coalesce(r.check_in_at, r.check_out_at) AND s.time <= r.check_out_at
                                 AND s.service_mode = 'inspection_operation') AS inspection_mode
                FROM maintenance_record r
                JOIN equipment e USING (equipment_id),
                LATERAL (SELECT (r.check_out_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS d
                WHERE r.record_id = ANY (?)
                ORDER BY r.record_id
                """)) {
            select.setArray(1, ids(connection, records));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long record = row.getLong(1);
                    String level = row.getString(2);
                    gathered.add(new Gathered(
                            record,
                            new Evidence(
                                    level,
                                    Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                                            .map(OffsetDateTime::toInstant),
                                    instant(row, 4),
                                    texts(row, 5),
                                    metres(real(row, 6), real(row, 7), real(row, 9), real(row, 10)),
                                    texts(row, 13),
                                    elsewhere.getOrDefault(record, List.of()),
                                    row.getBoolean(15),
                                    row.getBoolean(16),
                                    annexes.missing(
                                            Optional.ofNullable(row.getString(11)),
                                            Optional.ofNullable(row.getString(12)),
                                            level,
                                            texts(row, 8)),
                                    row.getBoolean(14)),
                            others.getOrDefault(record, List.of())));
                }
            }
        }
        return gathered;
    }

    /** A visit lasts a day at most; so whoever overlaps it has ended at most a day after it. */
    private static void elsewhere(
            Connection connection,
            Collection<Long> records,
            Map<Long, List<String>> elsewhere,
            Map<Long, List<Long>> others)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT mine.record_id, other.record_id, mine.worker || ' at ' || e.code
                FROM maintenance_record r
                CROSS JOIN unnest(r.workers) AS my (worker)
                JOIN visit_worker mine ON mine.worker = my.worker AND mine.check_out_at = r.check_out_at AND mine.record_id = r.record_id
                JOIN visit_worker other ON other.worker = mine.worker
                     AND other.check_out_at > mine.check_in_at AND other.check_out_at < mine.check_out_at + interval '1 day'
                     AND other.check_in_at < mine.check_out_at AND other.record_id <> mine.record_id
                JOIN maintenance_record o ON o.record_id = other.record_id
                JOIN equipment e ON e.equipment_id = o.equipment_id
                WHERE r.record_id = ANY (?) AND o.equipment_id <> r.equipment_id
                  AND NOT EXISTS (SELECT FROM maintenance_record later WHERE later.supersedes = o.record_id)
                ORDER BY 1, 3
                """)) {
            select.setArray(1, ids(connection, records));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    others.computeIfAbsent(row.getLong(1), ignored -> new ArrayList<>())
                            .add(row.getLong(2));
                    elsewhere
                            .computeIfAbsent(row.getLong(1), ignored -> new ArrayList<>())
                            .add(row.getString(3));
                }
            }
        }
    }

    /** Those that have a verdict which does not know yet that a worker was elsewhere. */
    private static List<Long> unaware(Connection connection, Collection<Long> records) throws SQLException {
        List<Long> unaware = new ArrayList<>();
        if (records.isEmpty()) {
            return unaware;
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT ON (record_id) record_id, reasons @> '[{"check": "worker-elsewhere"}]' FROM visit_verdict
                WHERE record_id = ANY (?) ORDER BY record_id, verdict_id DESC
                """)) {
            select.setArray(1, ids(connection, records));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!row.getBoolean(2)) {
                        unaware.add(row.getLong(1));
                    }
                }
            }
        }
        return unaware;
    }

    private Set<Long> write(Connection connection, List<Gathered> gathered) throws SQLException {
        Set<Long> suspect = new HashSet<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Gathered one : gathered) {
            Map<EvidenceCheck, String> found = EvidenceCheck.of(one.evidence(), limits);
            verdicts.add(new Verdict(one.record(), found));
            if (!found.isEmpty()) {
                suspect.add(one.record());
            }
            found.keySet()
                    .forEach(check -> Objects.requireNonNull(doubts.get(check)).increment());
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO visit_verdict (record_id, suspect, reasons)
                SELECT record_id, reasons <> '[]', reasons::jsonb FROM unnest(?::bigint[], ?::text[]) AS verdict (record_id, reasons)
                """)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", verdicts.stream().map(Verdict::record).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            verdicts.stream().map(v -> reasons(v.doubts())).toArray()));
            insert.executeUpdate();
        }
        return suspect;
    }

    private static String reasons(Map<EvidenceCheck, String> doubts) {
        if (doubts.isEmpty()) {
            return "[]";
        }
        List<Map<String, String>> reasons = new ArrayList<>();
        doubts.forEach((check, detail) -> reasons.add(Map.of("check", check.word(), "detail", detail)));
        return JSON.writeValueAsString(reasons);
    }

    private static OptionalDouble metres(
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Double otherLatitude,
            @Nullable Double otherLongitude) {
        if (latitude == null || longitude == null || otherLatitude == null || otherLongitude == null) {
            return OptionalDouble.empty();
        }
        double dLatitude = Math.toRadians(otherLatitude - latitude);
        double dLongitude = Math.toRadians(otherLongitude - longitude);
        double a = Math.pow(Math.sin(dLatitude / 2), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(otherLatitude))
                        * Math.pow(Math.sin(dLongitude / 2), 2);
        return OptionalDouble.of(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(a))));
    }

    private static Array ids(Connection connection, Collection<Long> records) throws SQLException {
        return connection.createArrayOf("bigint", records.toArray());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Double real(ResultSet row, int column) throws SQLException {
        return row.getObject(column, Double.class);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
