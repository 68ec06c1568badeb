package io.tean.dashboards.submission;

import io.tean.core.inspection.SubmissionStep;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads submissions for inspection within a scope, for pages and the API alike. */
public final class SubmissionQuery {
    /**
     * SQL over {@code submission s}: nobody has said yet that the machine is safe or that it is not to be inspected. A refused one is over;
     * a returned one must be submitted again, and a failed one corrected. Index submission_still_open has it word by word.
     */
    public static final String OPEN = """
            (s.reported_on IS NULL AND s.ended_on IS NULL OR s.state IN ('RETURNED', 'CORRECTION', 'REINSPECTION')
             OR s.state = 'REPORT_ISSUED' AND s.conclusion IN ('FAIL', 'FAIL_ON_REINSPECTION'))
            """;

    private static final String SELECT = """
            SELECT s.*, e.code, e.name, u.name AS use_unit, b.name AS body, %s AS owed
            """.formatted(Owed.SQL);
    /** Every submission has its machine; an outer join is what a count can leave out. */
    private static final String FROM = " FROM submission s LEFT JOIN equipment e ON e.equipment_id = s.equipment_id ";

    private static final String NAMES = """
            LEFT JOIN organisation u ON u.organisation_id = s.use_unit_id
            LEFT JOIN organisation b ON b.organisation_id = s.body_id
            """;

    private final Jdbi jdbi;

    public SubmissionQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** The most urgent first while they are open; else the newest. */
    static Sorting sorting(SubmissionFilter filter) {
        return sorting(filter.isOfOpen() ? "due" : "-added");
    }

    private static Sorting sorting(String standard) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("due", "coalesce(s.next_due_on, 'infinity')");
        // In the order in which they came in, for which there is an index.
        columns.put("added", "s.submission_id");
        return new Sorting(columns, standard, "s.submission_id");
    }

    Listing<Submission> list(Scope scope, SubmissionFilter filter, Paging paging, LocalDate today) {
        return reader(scope, filter, today).page(jdbi, paging);
    }

    /**
     * The first of what is open now, the latest first.
     *
     * @param total how many there are
     */
    public Listing<Submission> open(Scope scope, LocalDate today, int most, long total) {
        return reader(scope, SubmissionFilter.open(new Period(today, today)), today)
                .page(jdbi, new Paging(1, most, "due", false), total);
    }

    /** Writes all submissions of a list, however many, in its order. */
    void export(
            Scope scope,
            SubmissionFilter filter,
            Paging paging,
            LocalDate today,
            Sheet.Sink sink,
            Function<Submission, Object[]> cells)
            throws IOException {
        reader(scope, filter, today).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Submission> reader(Scope scope, SubmissionFilter filter, LocalDate today) {
        Where where = new Where(Reach.machines(scope, "s", today));
        filter.narrow(where, today);
        return new ListReader<>(
                SELECT + FROM + NAMES + where.sql(),
                FROM + where.sql(),
                where.bindings(),
                sorting(filter),
                (row, context) -> submission(row));
    }

    /** Empty when there is no such submission, or when it is out of the scope. */
    Optional<SubmissionCard> find(Scope scope, String no, LocalDate today) {
        Where where = new Where(Reach.machines(scope, "s", today)).and("s.submission_no = :no", "no", no);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + NAMES + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> submission(row))
                .findOne()
                .map(submission -> new SubmissionCard(submission, steps(handle, submission.id(), scope.ofBureau()))));
    }

    /** Whether somebody may submit this machine; the code as typed, in capitals or not. */
    boolean reaches(Scope scope, String equipmentCode, LocalDate today) {
        Reach reach = Reach.machines(scope, "e", today);
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM equipment e WHERE e.code = :code AND " + reach.condition())
                        .bindMap(reach.bindings())
                        .bind("code", equipmentCode)
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    /** The inspection bodies, by name: credit code to name. */
    Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT credit_code, name FROM organisation WHERE kind = 'INSPECTION_BODY' ORDER BY name, credit_code LIMIT 200
                        """)
                .map((row, context) -> Map.entry(row.getString("credit_code"), row.getString("name")))
                .forEach(body -> bodies.put(body.getKey(), body.getValue())));
        return bodies;
    }

    private static List<SubmissionCard.Step> steps(Handle handle, long id, boolean bureau) {
        return handle.createQuery("SELECT * FROM submission_step WHERE submission_id = :id ORDER BY step_id")
                .bind("id", id)
                .map((row, context) -> new SubmissionCard.Step(
                        SubmissionStep.valueOf(row.getString("step")),
                        row.getObject("on_day", LocalDate.class),
                        day(row, "agreed_on"),
                        text(row, "conclusion"),
                        text(row, "report_no"),
                        text(row, "reason"),
                        text(row, "added_by").filter(name -> bureau),
                        row.getTimestamp("added_at").toInstant()))
                .list();
    }

    private static Submission submission(ResultSet row) throws SQLException {
        return new Submission(
                row.getLong("submission_id"),
                row.getString("submission_no"),
                row.getString("kind"),
                SubmissionStep.valueOf(row.getString("state")),
                Owed.of(row.getString("owed")).orElseThrow(),
                new Submission.Equipment(
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("category"),
                        row.getString("division_code")),
                text(row, "use_unit"),
                text(row, "body"),
                new Submission.Days(
                        row.getObject("submitted_on", LocalDate.class),
                        day(row, "accepted_on"),
                        day(row, "agreed_on"),
                        day(row, "inspected_on"),
                        day(row, "reported_on"),
                        day(row, "ended_on")),
                text(row, "conclusion"),
                text(row, "report_no"),
                text(row, "reason"),
                day(row, "next_due_on"),
                text(row, "next_rule"));
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
