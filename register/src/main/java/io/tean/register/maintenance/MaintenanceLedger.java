package io.tean.register.maintenance;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.maintenance.VisitRecord;
import io.tean.register.RegisterException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What people do to the ledger: record, supersede, decide, confirm, suspend. */
public final class MaintenanceLedger implements MaintenanceDecisions {
    private static final String SUBJECT = "maintenance-record";

    private final DataSource database;
    private final VisitJudge judge;
    private final InstantSource clock;

    public MaintenanceLedger(DataSource database, VisitJudge judge, InstantSource clock) {
        this.database = database;
        this.judge = judge;
        this.clock = clock;
    }

    /** What is done in one transaction. */
    private interface Work {
        Outcome in(Connection connection) throws SQLException;
    }

    /** A record as far as a decision about it must know it. */
    private record Found(
            long record, int equipment, OptionalInt firm, boolean superseded, boolean suspect, boolean confirmed) {}

    @Override
    public Outcome add(String equipmentCode, VisitRecord visit, Actor actor) {
        return inTransaction("record a visit of " + equipmentCode, connection -> {
            OptionalInt equipment = equipment(connection, equipmentCode);
            if (equipment.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            OptionalLong record =
                    RecordRows.add(connection, equipment.getAsInt(), visit, RecordRows.Origin.of("api", actor.name()));
            if (record.isEmpty()) {
                return new Outcome.Refused(Problem.RECORDED_ALREADY);
            }
            return recorded(connection, record.getAsLong(), visit, entry -> entry, actor);
        });
    }

    @Override
    public Outcome supersede(long recordId, VisitRecord visit, String reason, Actor actor) {
        return inTransaction("supersede maintenance record " + recordId, connection -> {
            Optional<Found> found = find(connection, recordId);
            if (found.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            if (found.get().superseded()) {
                return new Outcome.Refused(Problem.SUPERSEDED_ALREADY);
            }
            RecordRows.Origin origin = RecordRows.Origin.of("api", actor.name()).superseding(recordId, reason);
            OptionalLong record = RecordRows.add(connection, found.get().equipment(), visit, origin);
            if (record.isEmpty()) {
                return new Outcome.Refused(Problem.SUPERSEDED_ALREADY);
            }
            return recorded(connection, record.getAsLong(), visit, entry -> entry.withReason(reason), actor);
        });
    }

    private Outcome recorded(
            Connection connection, long record, VisitRecord visit, UnaryOperator<AuditEntry> withReason, Actor actor)
            throws SQLException {
        boolean suspect = judge.judge(connection, List.of(record)).contains(record);
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("visit_no", visit.visitNo());
        after.put("firm_code", visit.firmCode());
        after.put("level", visit.level().name());
        after.put("check_out_at", visit.checkOutAt().toString());
        after.put("suspect", suspect);
        OptionalInt firm = find(connection, record).map(Found::firm).orElse(OptionalInt.empty());
        AuditTrail.write(
                connection,
                withReason.apply(
                        AuditEntry.of(actor, "maintenance-record.add", SUBJECT, Long.toString(record), Map.of(), after)
                                .withOrganisation(firm)));
        return new Outcome.Done(record);
    }

    @Override
    public Outcome decide(long recordId, boolean accepted, String reason, Actor actor) {
        return inTransaction("decide on maintenance record " + recordId, connection -> {
            Optional<Found> found = find(connection, recordId);
            if (found.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            if (found.get().superseded()) {
                return new Outcome.Refused(Problem.SUPERSEDED_ALREADY);
            }
            if (!found.get().suspect()) {
                return new Outcome.Refused(Problem.NOT_SUSPECT);
            }
            Optional<Boolean> before = decision(connection, recordId);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO visit_decision (record_id, accepted, reason, decided_by) VALUES (?, ?, ?, ?)")) {
                insert.setLong(1, recordId);
                insert.setBoolean(2, accepted);
                insert.setString(3, reason);
                insert.setString(4, actor.name());
                insert.executeUpdate();
            }
            AuditTrail.write(
                    connection,
                    AuditEntry.of(
                                    actor,
                                    accepted ? "maintenance-record.accept" : "maintenance-record.reject",
                                    SUBJECT,
                                    Long.toString(recordId),
                                    before.<Map<String, ?>>map(was -> Map.of("accepted", was))
                                            .orElse(Map.of()),
                                    Map.of("accepted", accepted))
                            .withOrganisation(found.get().firm())
                            .withReason(reason));
            return new Outcome.Done(recordId);
        });
    }

    @Override
    public Outcome confirm(long recordId, Actor actor) {
        return inTransaction("confirm maintenance record " + recordId, connection -> {
            Optional<Found> found = find(connection, recordId);
            if (found.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            if (found.get().confirmed()) {
                return new Outcome.Refused(Problem.CONFIRMED_ALREADY);
            }
            RecordRows.confirm(connection, recordId, clock.instant(), actor.name());
            AuditTrail.write(
                    connection,
                    AuditEntry.of(
                                    actor,
                                    "maintenance-record.confirm",
                                    SUBJECT,
                                    Long.toString(recordId),
                                    Map.of(),
                                    Map.of("confirmed", true))
                            .withOrganisation(found.get().firm()));
            return new Outcome.Done(recordId);
        });
    }

    @Override
    public Outcome suspendDivision(
            String divisionCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor) {
        return inTransaction(
                "suspend maintenance in " + divisionCode,
                connection -> suspend(connection, null, divisionCode, firstDay, lastDay, reason, actor));
    }

    @Override
    public Outcome suspendMachine(
            String equipmentCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor) {
        return inTransaction("suspend maintenance of " + equipmentCode, connection -> {
            OptionalInt equipment = equipment(connection, equipmentCode);
            return equipment.isEmpty()
                    ? new Outcome.Refused(Problem.UNKNOWN)
                    : suspend(connection, equipment.getAsInt(), null, firstDay, lastDay, reason, actor);
        });
    }

    private static Outcome suspend(
            Connection connection,
            @Nullable Integer equipment,
            @Nullable String division,
            LocalDate firstDay,
            LocalDate lastDay,
            String reason,
            Actor actor)
            throws SQLException {
        if (lastDay.isBefore(firstDay)) {
            return new Outcome.Refused(Problem.NO_DAYS);
        }
        long id;
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO overdue_suspension (equipment_id, division_code, from_on, until_on, reason, added_by)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING suspension_id
                """)) {
            insert.setObject(1, equipment, Types.INTEGER);
            insert.setString(2, division);
            insert.setObject(3, firstDay);
            insert.setObject(4, lastDay.plusDays(1));
            insert.setString(5, reason);
            insert.setString(6, actor.name());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                id = row.getLong(1);
            }
        }
        Map<String, Object> after = new LinkedHashMap<>();
        if (division != null) {
            after.put("division_code", division);
        }
        if (equipment != null) {
            after.put("equipment_id", equipment);
        }
        after.put("first_day", firstDay.toString());
        after.put("last_day", lastDay.toString());
        AuditTrail.write(
                connection,
                AuditEntry.of(actor, "overdue-suspension.add", "overdue-suspension", Long.toString(id), Map.of(), after)
                        .withReason(reason));
        return new Outcome.Done(id);
    }

    @Override
    public Outcome endSuspension(long suspensionId, LocalDate lastDay, Optional<String> reason, Actor actor) {
        return inTransaction("end suspension " + suspensionId, connection -> {
            LocalDate before;
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT from_on, until_on FROM overdue_suspension WHERE suspension_id = ? FOR UPDATE")) {
                select.setLong(1, suspensionId);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return new Outcome.Refused(Problem.UNKNOWN);
                    }
                    before = row.getObject(2, LocalDate.class);
                    if (lastDay.isBefore(row.getObject(1, LocalDate.class))
                            || !lastDay.plusDays(1).isBefore(before)) {
                        return new Outcome.Refused(Problem.NO_DAYS);
                    }
                }
            }
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE overdue_suspension SET until_on = ? WHERE suspension_id = ?")) {
                update.setObject(1, lastDay.plusDays(1));
                update.setLong(2, suspensionId);
                update.executeUpdate();
            }
            AuditEntry entry = AuditEntry.of(
                    actor,
                    "overdue-suspension.end",
                    "overdue-suspension",
                    Long.toString(suspensionId),
                    Map.of("last_day", before.minusDays(1).toString()),
                    Map.of("last_day", lastDay.toString()));
            AuditTrail.write(connection, reason.map(entry::withReason).orElse(entry));
            return new Outcome.Done(suspensionId);
        });
    }

    private Outcome inTransaction(String what, Work work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Outcome outcome = work.in(connection);
            if (outcome instanceof Outcome.Done) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return outcome;
        } catch (SQLException e) {
            throw new RegisterException("cannot " + what + ": " + e.getMessage(), e);
        }
    }

    private static OptionalInt equipment(Connection connection, String code) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT equipment_id FROM equipment WHERE code = ?")) {
            select.setString(1, code);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private static Optional<Found> find(Connection connection, long record) throws SQLException {
        // So that of two people who decide the second sees what the first did; the row itself may not be locked, for
        // nobody may change it.
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(726562, hashint8(?))")) {
            lock.setLong(1, record);
            lock.execute();
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT r.equipment_id, r.firm_id,
                       EXISTS (SELECT FROM maintenance_record later WHERE later.supersedes = r.record_id),
                       coalesce((SELECT v.suspect FROM visit_verdict v WHERE v.record_id = r.record_id ORDER BY v.verdict_id DESC LIMIT 1), false),
                       EXISTS (SELECT FROM visit_confirmation c WHERE c.record_id = r.record_id)
                FROM maintenance_record r WHERE r.record_id = ?
                """)) {
            select.setLong(1, record);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Integer firm = row.getObject(2, Integer.class);
                return Optional.of(new Found(
                        record,
                        row.getInt(1),
                        firm == null ? OptionalInt.empty() : OptionalInt.of(firm),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5)));
            }
        }
    }

    private static Optional<Boolean> decision(Connection connection, long record) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT accepted FROM visit_decision WHERE record_id = ? ORDER BY decision_id DESC LIMIT 1")) {
            select.setLong(1, record);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        }
    }
}
