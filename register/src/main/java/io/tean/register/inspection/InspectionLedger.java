package io.tean.register.inspection;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.inspection.SubmissionStep;
import io.tean.register.RegisterException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;

/** What people do to the ledger: submit, take a submission through its steps, freeze a month. */
public final class InspectionLedger implements InspectionDecisions {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<String> FAILED = Set.of("FAIL", "FAIL_ON_REINSPECTION");
    private static final Set<String> CONCLUSIONS =
            Set.of("PASS", "FAIL", "PASS_ON_REINSPECTION", "FAIL_ON_REINSPECTION");

    private final DataSource database;
    private final Deadlines deadlines;
    private final InstantSource clock;

    public InspectionLedger(DataSource database, Deadlines deadlines, InstantSource clock) {
        this.database = database;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** What is done in one transaction. */
    private interface Work {
        Outcome in(Connection connection) throws SQLException;
    }

    /** A submission as it stands, locked. */
    private record Open(
            long id,
            SubmissionStep state,
            int equipment,
            OptionalInt useUnit,
            OptionalInt body,
            String kind,
            LocalDate submittedOn,
            Optional<LocalDate> acceptedOn,
            Optional<LocalDate> agreedOn,
            Optional<String> conclusion,
            LocalDate lastOn) {}

    @Override
    public Outcome submit(Submission submission, Actor actor) {
        return inTransaction("submit " + submission.no(), connection -> {
            if (submission.on().isAfter(today())) {
                return new Outcome.Refused(Problem.WRONG_DAY);
            }
            Optional<OptionalInt> body = body(connection, submission.body());
            if (body.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            Optional<Deadlines.Next> next = deadlines.next(
                    SubmissionStep.SUBMITTED, submission.on(), submission.on(), Optional.empty(), Optional.empty());
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO submission (submission_no, equipment_id, body_id, kind, state, division_code, category, use_unit_id, submitted_on,
                                            next_due_on, next_rule)
                    SELECT ?, equipment_id, coalesce(?, inspection_body_id), ?, 'SUBMITTED', coalesce(division_code, ''), category, use_unit_id, ?,
                           ?, ?
                    FROM equipment WHERE code = ?
                    ON CONFLICT (submission_no) DO NOTHING
                    RETURNING submission_id, use_unit_id
                    """)) {
                insert.setString(1, submission.no());
                insert.setObject(2, body.get().isPresent() ? body.get().getAsInt() : null, Types.INTEGER);
                insert.setString(3, submission.kind());
                insert.setObject(4, submission.on());
                insert.setObject(5, next.map(Deadlines.Next::dueOn).orElse(null), Types.DATE);
                insert.setString(6, next.map(Deadlines.Next::rule).orElse(null));
                insert.setString(7, submission.equipmentCode());
                try (ResultSet row = insert.executeQuery()) {
                    if (!row.next()) {
                        return new Outcome.Refused(
                                isTaken(connection, submission.no()) ? Problem.SUBMITTED_ALREADY : Problem.UNKNOWN);
                    }
                    addStep(
                            connection,
                            row.getLong(1),
                            new Step(
                                    SubmissionStep.SUBMITTED,
                                    submission.on(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            actor);
                    Map<String, Object> after = new LinkedHashMap<>();
                    after.put("equipment_code", submission.equipmentCode());
                    after.put("kind", submission.kind());
                    after.put("submitted_on", submission.on().toString());
                    Integer useUnit = row.getObject(2, Integer.class);
                    AuditTrail.write(
                            connection,
                            AuditEntry.of(actor, "submission.add", "submission", submission.no(), Map.of(), after)
                                    .withOrganisation(useUnit == null ? OptionalInt.empty() : OptionalInt.of(useUnit)));
                }
            }
            return new Outcome.Done();
        });
    }

    @Override
    public Outcome step(String submissionNo, Step step, Actor actor) {
        return inTransaction("take submission " + submissionNo + " a step further", connection -> {
            Optional<Open> found = lock(connection, submissionNo);
            if (found.isEmpty()) {
                return new Outcome.Refused(Problem.UNKNOWN);
            }
            Open open = found.get();
            Optional<Problem> problem = problem(open, step);
            if (problem.isPresent()) {
                return new Outcome.Refused(problem.get());
            }
            addStep(connection, open.id(), step, actor);
            apply(connection, open, step);
            if (step.step() == SubmissionStep.REPORT_ISSUED) {
                addInspection(connection, open, step, actor);
            }
            Map<String, Object> after = new LinkedHashMap<>();
            after.put("state", step.step().name());
            after.put("on", step.on().toString());
            step.agreedOn().ifPresent(day -> after.put("agreed_on", day.toString()));
            step.conclusion().ifPresent(text -> after.put("conclusion", text));
            step.reportNo().ifPresent(text -> after.put("report_no", text));
            AuditEntry entry = AuditEntry.of(
                            actor,
                            "submission.step",
                            "submission",
                            submissionNo,
                            Map.of("state", open.state().name()),
                            after)
                    .withOrganisation(open.useUnit());
            AuditTrail.write(connection, step.reason().map(entry::withReason).orElse(entry));
            return new Outcome.Done();
        });
    }

    private Optional<Problem> problem(Open open, Step step) {
        if (!open.state().next().contains(step.step())) {
            return Optional.of(Problem.NOT_NOW);
        }
        boolean failed = open.conclusion().filter(FAILED::contains).isPresent();
        if (open.state() == SubmissionStep.REPORT_ISSUED && !failed) {
            return Optional.of(Problem.NOT_NOW);
        }
        if (step.on().isBefore(open.lastOn()) || step.on().isAfter(today())) {
            return Optional.of(Problem.WRONG_DAY);
        }
        return switch (step.step()) {
            case APPOINTED ->
                step.agreedOn().isEmpty()
                        ? Optional.of(Problem.INCOMPLETE)
                        : step.agreedOn().filter(day -> day.isBefore(step.on())).map(day -> Problem.WRONG_DAY);
            case REPORT_ISSUED ->
                step.reportNo().isEmpty()
                                || step.conclusion()
                                        .filter(CONCLUSIONS::contains)
                                        .isEmpty()
                        ? Optional.of(Problem.INCOMPLETE)
                        : Optional.empty();
            case REFUSED, RETURNED -> step.reason().isEmpty() ? Optional.of(Problem.INCOMPLETE) : Optional.empty();
            case SUBMITTED, ACCEPTED, INSPECTED, CORRECTION, REINSPECTION -> Optional.empty();
        };
    }

    private void apply(Connection connection, Open open, Step step) throws SQLException {
        boolean again = step.step() == SubmissionStep.SUBMITTED;
        Optional<LocalDate> accepted = step.step() == SubmissionStep.ACCEPTED
                ? Optional.of(step.on())
                : again ? Optional.empty() : open.acceptedOn();
        Optional<LocalDate> agreed =
                step.step() == SubmissionStep.APPOINTED ? step.agreedOn() : again ? Optional.empty() : open.agreedOn();
        LocalDate submitted = again ? step.on() : open.submittedOn();
        Optional<Deadlines.Next> next = deadlines.next(step.step(), step.on(), submitted, accepted, agreed);
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE submission SET state = ?, submitted_on = ?, accepted_on = ?, agreed_on = ?,
                    inspected_on = CASE WHEN ? IN ('INSPECTED', 'REINSPECTION') THEN ?::date ELSE inspected_on END,
                    -- The first report fulfils the submission, whatever it says.
                    reported_on = CASE WHEN ? = 'REPORT_ISSUED' THEN coalesce(reported_on, ?::date) ELSE reported_on END,
                    ended_on = CASE WHEN ? IN ('REFUSED', 'RETURNED') THEN ?::date END,
                    conclusion = coalesce(?, conclusion), report_no = coalesce(?, report_no), reason = ?, next_due_on = ?, next_rule = ?
                WHERE submission_id = ?
                """)) {
            int i = 0;
            String state = step.step().name();
            update.setString(++i, state);
            update.setObject(++i, submitted);
            update.setObject(++i, accepted.orElse(null), Types.DATE);
            update.setObject(++i, agreed.orElse(null), Types.DATE);
            for (int part = 0; part < 3; part++) {
                update.setString(++i, state);
                update.setObject(++i, step.on());
            }
            update.setString(++i, step.conclusion().orElse(null));
            update.setString(++i, step.reportNo().orElse(null));
            update.setString(++i, step.reason().orElse(null));
            update.setObject(++i, next.map(Deadlines.Next::dueOn).orElse(null), Types.DATE);
            update.setString(++i, next.map(Deadlines.Next::rule).orElse(null));
            update.setLong(++i, open.id());
            update.executeUpdate();
        }
    }

    private static void addStep(Connection connection, long submission, Step step, Actor actor) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO submission_step (submission_id, step, on_day, agreed_on, conclusion, report_no, reason, added_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setLong(1, submission);
            insert.setString(2, step.step().name());
            insert.setObject(3, step.on());
            insert.setObject(4, step.agreedOn().orElse(null), Types.DATE);
            insert.setString(5, step.conclusion().orElse(null));
            insert.setString(6, step.reportNo().orElse(null));
            insert.setString(7, step.reason().orElse(null));
            insert.setString(8, actor.name());
            insert.executeUpdate();
        }
    }

    /** The report makes the inspection, of the day on which somebody was on site. */
    private static void addInspection(Connection connection, Open open, Step step, Actor actor) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, body_id, submission_id, added_by)
                SELECT equipment_id, ?, kind, coalesce(inspected_on, ?), ?, body_id, submission_id, ? FROM submission WHERE submission_id = ?
                ON CONFLICT DO NOTHING
                """)) {
            insert.setString(1, step.reportNo().orElseThrow());
            insert.setObject(2, step.on());
            insert.setString(3, step.conclusion().orElseThrow());
            insert.setString(4, actor.name());
            insert.setLong(5, open.id());
            insert.executeUpdate();
        }
    }

    @Override
    public Outcome freeze(YearMonth month, Actor actor) {
        return inTransaction("freeze " + month, connection -> {
            LocalDate first = month.atDay(1);
            LocalDate last = month.atEndOfMonth();
            if (!last.isBefore(today())) {
                return new Outcome.Refused(Problem.NOT_TO_BE_FROZEN);
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO frozen_month (month, frozen_by) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                insert.setObject(1, first);
                insert.setString(2, actor.name());
                if (insert.executeUpdate() == 0) {
                    return new Outcome.Refused(Problem.NOT_TO_BE_FROZEN);
                }
            }
            copy(connection, """
                    INSERT INTO frozen_count (month, rate, division_code, category, body_id, base, fulfilled)
                    SELECT ?, 'PERIODIC', division_code, category, body_id, base, fulfilled FROM periodic_inspection_counts(?)
                    """, first, last);
            copy(connection, """
                    INSERT INTO frozen_count (month, rate, division_code, category, body_id, base, fulfilled)
                    SELECT ?, 'SUBMITTED', division_code, category, body_id, base, fulfilled FROM submitted_inspection_counts(?, ?)
                    """, first, first, last);
            copy(connection, """
                    INSERT INTO frozen_missing (month, rate, equipment_id)
                    SELECT ?, 'PERIODIC', equipment_id FROM periodic_inspection_missing(?)
                    """, first, last);
            copy(connection, """
                    INSERT INTO frozen_missing (month, rate, equipment_id)
                    SELECT DISTINCT ?::date, 'SUBMITTED', equipment_id FROM submitted_inspection_missing(?, ?)
                    """, first, first, last);
            AuditTrail.write(
                    connection,
                    AuditEntry.of(
                            actor,
                            "month.freeze",
                            "frozen-month",
                            month.toString(),
                            Map.of(),
                            Map.of("month", month.toString())));
            return new Outcome.Done();
        });
    }

    private static void copy(Connection connection, String sql, LocalDate... days) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < days.length; i++) {
                insert.setObject(i + 1, days[i]);
            }
            insert.executeUpdate();
        }
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

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CHINA);
    }

    /** Empty when the named body is none; an empty number when none was named. */
    private static Optional<OptionalInt> body(Connection connection, Optional<String> creditCode) throws SQLException {
        if (creditCode.isEmpty()) {
            return Optional.of(OptionalInt.empty());
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT organisation_id FROM organisation WHERE credit_code = ? AND kind = 'INSPECTION_BODY'")) {
            select.setString(1, creditCode.get());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(OptionalInt.of(row.getInt(1))) : Optional.empty();
            }
        }
    }

    private static boolean isTaken(Connection connection, String no) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT FROM submission WHERE submission_no = ?")) {
            select.setString(1, no);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static Optional<Open> lock(Connection connection, String no) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT s.submission_id, s.state, s.equipment_id, s.use_unit_id, s.body_id, s.kind, s.submitted_on, s.accepted_on, s.agreed_on,
                       s.conclusion, (SELECT max(on_day) FROM submission_step t WHERE t.submission_id = s.submission_id)
                FROM submission s WHERE s.submission_no = ? FOR UPDATE OF s
                """)) {
            select.setString(1, no);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                LocalDate last = row.getObject(11, LocalDate.class);
                LocalDate submitted = row.getObject(7, LocalDate.class);
                return Optional.of(new Open(
                        row.getLong(1),
                        SubmissionStep.valueOf(row.getString(2)),
                        row.getInt(3),
                        whole(row, 4),
                        whole(row, 5),
                        row.getString(6),
                        submitted,
                        Optional.ofNullable(row.getObject(8, LocalDate.class)),
                        Optional.ofNullable(row.getObject(9, LocalDate.class)),
                        Optional.ofNullable(row.getString(10)),
                        last == null ? submitted : last));
            }
        }
    }

    private static OptionalInt whole(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
