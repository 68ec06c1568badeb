package io.tean.dashboards.visit;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.maintenance.Party;
import io.tean.dashboards.visit.VisitCard.Decision;
import io.tean.dashboards.visit.VisitCard.Link;
import io.tean.dashboards.visit.VisitCard.Verdict;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads visits within a scope, for pages and the API alike. */
final class VisitQuery {
    static final Sorting SORTING = new Sorting(columns(), "-time", "r.record_id");

    private static final JsonMapper JSON = new JsonMapper();

    private static final String SELECT = "SELECT " + Machine.COLUMNS + """
            , r.record_id, r.visit_no, r.firm_code AS said_firm, f.credit_code AS firm_code, f.name AS firm_name, r.level, r.kind,
            r.check_in_at, r.check_out_at, r.workers, c.confirmed_at, c.confirmed_by, v.suspect, v.reasons, v.judged_at, d.accepted,
            EXISTS (SELECT FROM maintenance_record n WHERE n.supersedes = r.record_id) AS superseded
            """;

    /** Outer joins on unique keys: a count leaves them out. */
    private static final String FROM = """
             FROM maintenance_record r
             LEFT JOIN equipment e ON e.equipment_id = r.equipment_id
             LEFT JOIN organisation f ON f.organisation_id = r.firm_id
            """;

    /** What counts of each record: the latest. */
    private static final String LATEST = """
             LEFT JOIN visit_confirmation c ON c.record_id = r.record_id
             LEFT JOIN LATERAL (SELECT v.suspect, v.reasons, v.judged_at FROM visit_verdict v WHERE v.record_id = r.record_id
                                ORDER BY v.verdict_id DESC LIMIT 1) v ON TRUE
             LEFT JOIN LATERAL (SELECT d.accepted FROM visit_decision d WHERE d.record_id = r.record_id
                                ORDER BY d.decision_id DESC LIMIT 1) d ON TRUE
            """;

    private final Jdbi jdbi;

    VisitQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("time", "r.check_out_at");
        columns.put("added", "r.added_at");
        return columns;
    }

    Listing<Visit> list(Scope scope, VisitFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all visits of a list, however many, in its order. */
    void export(Scope scope, VisitFilter filter, Paging paging, Sheet.Sink sink, Function<Visit, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Visit> reader(Scope scope, VisitFilter filter) {
        Where where = where(scope, filter);
        return new ListReader<>(
                SELECT + FROM + LATEST + where.sql(),
                FROM + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> visit(row));
    }

    /** Empty when there is no such record, or when it is out of the scope. */
    Optional<VisitCard> find(Scope scope, long id) {
        Where where = new Where(Reach.visits(scope, "r")).and("r.record_id = :record", "record", id);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        , r.firm_id, r.latitude, r.longitude, r.scanned, r.photo_count, r.photos_sha256, r.items, r.failed_items, r.note,
                        r.source, r.added_by, r.added_at
                        """ + FROM + LATEST + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> new VisitCard(
                        visit(row),
                        evidence(row),
                        new VisitCard.Origin(
                                row.getString("source"),
                                row.getString("added_by"),
                                row.getTimestamp("added_at").toInstant(),
                                row.getObject("firm_id") == null
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(row.getInt("firm_id"))),
                        verdict(row),
                        chain(handle, id),
                        decisions(handle, id),
                        Optional.ofNullable(row.getString("confirmed_by"))))
                .findOne());
    }

    /** The registered code of a machine that the firm maintains on a day, by whatever writing of it. */
    Optional<String> contracted(int firm, String code, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT e.code FROM equipment e
                        WHERE %s AND EXISTS (SELECT FROM contract c WHERE c.equipment_id = e.equipment_id AND c.firm_id = :firm
                                             AND c.from_on <= :day AND c.until_on > :day)
                        """.formatted(Machine.IS_ASKED_FOR))
                .bind("equipment", code)
                .bind("firm", firm)
                .bind("day", day)
                .mapTo(String.class)
                .findOne());
    }

    String creditCode(int organisation) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT credit_code FROM organisation WHERE organisation_id = :organisation")
                .bind("organisation", organisation)
                .mapTo(String.class)
                .one());
    }

    private static Where where(Scope scope, VisitFilter filter) {
        Where where = new Where(Reach.visits(scope, "r")).and(filter.state().condition());
        filter.equipment()
                .ifPresent(code -> where.and(
                        "r.equipment_id = (SELECT e.equipment_id FROM equipment e WHERE " + Machine.IS_ASKED_FOR + ")",
                        "equipment",
                        code));
        filter.firm()
                .ifPresent(code -> where.and(
                        "r.firm_id = (SELECT organisation_id FROM organisation WHERE credit_code = :firm)",
                        "firm",
                        code));
        filter.from().ifPresent(day -> where.and("r.check_out_at >= :from", "from", Day.start(day)));
        filter.to().ifPresent(day -> where.and("r.check_out_at < :until", "until", Day.start(day.plusDays(1))));
        if (!filter.search().isBlank()) {
            where.and(
                    "r.visit_no ILIKE :q OR e.code ILIKE :q OR e.name ILIKE :q OR f.name ILIKE :q",
                    "q",
                    filter.search().pattern());
        }
        return where;
    }

    private static List<Link> chain(Handle handle, long id) {
        return handle.createQuery("""
                        WITH RECURSIVE earlier AS (
                            SELECT record_id, supersedes FROM maintenance_record WHERE record_id = :record
                            UNION ALL
                            SELECT r.record_id, r.supersedes FROM maintenance_record r JOIN earlier ON r.record_id = earlier.supersedes),
                        later AS (
                            SELECT record_id FROM maintenance_record WHERE record_id = :record
                            UNION ALL
                            SELECT r.record_id FROM maintenance_record r JOIN later ON r.supersedes = later.record_id)
                        SELECT record_id, supersedes, reason, added_by, added_at FROM maintenance_record
                        WHERE record_id IN (SELECT record_id FROM earlier UNION SELECT record_id FROM later)
                        ORDER BY record_id
                        """)
                .bind("record", id)
                .map((row, context) -> new Link(
                        row.getLong("record_id"),
                        row.getObject("supersedes") == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(row.getLong("supersedes")),
                        Optional.ofNullable(row.getString("reason")),
                        row.getString("added_by"),
                        row.getTimestamp("added_at").toInstant()))
                .list();
    }

    private static List<Decision> decisions(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT accepted, reason, decided_by, decided_at FROM visit_decision
                        WHERE record_id = :record ORDER BY decision_id DESC
                        """)
                .bind("record", id)
                .map((row, context) -> new Decision(
                        row.getBoolean("accepted"),
                        row.getString("reason"),
                        row.getString("decided_by"),
                        row.getTimestamp("decided_at").toInstant()))
                .list();
    }

    private static Visit visit(ResultSet row) throws SQLException {
        return new Visit(
                row.getLong("record_id"),
                row.getString("visit_no"),
                row.getString("machine_code") == null ? Optional.empty() : Optional.of(Machine.of(row)),
                Party.of(row, "firm"),
                row.getString("said_firm"),
                row.getString("level"),
                Optional.ofNullable(row.getString("kind")),
                instant(row, "check_in_at"),
                row.getTimestamp("check_out_at").toInstant(),
                texts(row, "workers"),
                VisitState.of(row.getBoolean("superseded"), truth(row, "suspect"), truth(row, "accepted")),
                List.copyOf(details(row).keySet()),
                instant(row, "confirmed_at"));
    }

    private static VisitCard.Evidence evidence(ResultSet row) throws SQLException {
        return new VisitCard.Evidence(
                Optional.ofNullable(row.getObject("latitude", Double.class)),
                Optional.ofNullable(row.getObject("longitude", Double.class)),
                truth(row, "scanned"),
                row.getObject("photo_count") == null ? OptionalInt.empty() : OptionalInt.of(row.getInt("photo_count")),
                texts(row, "photos_sha256"),
                texts(row, "items"),
                texts(row, "failed_items"),
                Optional.ofNullable(row.getString("note")));
    }

    private static Optional<Verdict> verdict(ResultSet row) throws SQLException {
        Optional<Boolean> suspect = truth(row, "suspect");
        return suspect.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict(
                        suspect.get(),
                        details(row),
                        row.getTimestamp("judged_at").toInstant()));
    }

    /** What was not passed, in the order of the verdict; two details of one check stand beside each other. */
    private static Map<String, String> details(ResultSet row) throws SQLException {
        String reasons = row.getString("reasons");
        Map<String, String> details = new LinkedHashMap<>();
        if (reasons != null) {
            for (JsonNode reason : JSON.readTree(reasons)) {
                JsonNode detail = reason.path("detail");
                details.merge(
                        reason.path("check").asString(""),
                        detail.isString() ? detail.stringValue() : detail.toString(),
                        (first, second) -> first + "; " + second);
            }
        }
        return details;
    }

    private static Optional<Boolean> truth(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Boolean.class));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : new ArrayList<>(List.of((String[]) array.getArray()));
    }
}
