package io.tean.dashboards.lookup;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.lookup.PublicEntry.Inspection;
import io.tean.dashboards.lookup.PublicEntry.Maintenance;
import io.tean.dashboards.machine.MachineKey;
import io.tean.dashboards.register.Column;
import io.tean.dashboards.register.EquipmentParts;
import io.tean.dashboards.register.Part;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads machines and certificates by the codes that people have in full: each is one look into an index. */
final class LookupQuery {
    /** Of machines that share a code; only wrong entries of the register do. */
    static final int MOST_SHARING = 10;

    private static final Reach NOBODY = new Reach("FALSE", Map.of());

    private static final String CURRENT_DUTY = """
            LEFT JOIN LATERAL (SELECT due_on FROM duty WHERE equipment_id = e.equipment_id AND kind = '%s' AND from_on <= :today
                               AND until_on > :today ORDER BY from_on DESC LIMIT 1) %s ON TRUE
            """;
    private static final String SELECT = """
            SELECT e.equipment_id, e.code, e.name, e.category, e.state, e.site_address, u.name AS use_unit, e.use_registration_no,
                e.rescue_code, coalesce(inspecting.due_on, i.valid_until) AS inspected_until, i.inspected_on, i.conclusion,
                coalesce(i.body, b.name) AS body, v.visited_on, v.firm AS visited_by, k.firm, maintaining.due_on AS visit_due, (%s) AS within
            FROM equipment e
            LEFT JOIN organisation u ON u.organisation_id = e.use_unit_id
            LEFT JOIN organisation b ON b.organisation_id = e.inspection_body_id
            """ + CURRENT_DUTY.formatted("INSPECTION", "inspecting")
            + CURRENT_DUTY.formatted("MAINTENANCE", "maintaining") + """
            LEFT JOIN LATERAL (SELECT n.inspected_on, n.conclusion, n.valid_until, o.name AS body
                               FROM inspection n LEFT JOIN organisation o ON o.organisation_id = n.body_id
                               WHERE n.equipment_id = e.equipment_id AND n.kind <> 'SELF_TESTING'
                                 AND NOT EXISTS (SELECT FROM inspection later WHERE later.supersedes = n.inspection_id)
                               ORDER BY n.inspected_on DESC, n.inspection_id DESC LIMIT 1) i ON TRUE
            LEFT JOIN LATERAL (SELECT (r.check_out_at AT TIME ZONE 'Asia/Shanghai')::date AS visited_on, o.name AS firm
                               FROM maintenance_record r LEFT JOIN organisation o ON o.organisation_id = r.firm_id
                               WHERE r.equipment_id = e.equipment_id AND r.level <> 'CALL_OUT_REPAIR'
                                 AND NOT EXISTS (SELECT FROM maintenance_record later WHERE later.supersedes = r.record_id)
                                 AND coalesce((SELECT d.accepted FROM visit_decision d WHERE d.record_id = r.record_id
                                               ORDER BY d.decision_id DESC LIMIT 1),
                                              (SELECT NOT t.suspect FROM visit_verdict t WHERE t.record_id = r.record_id
                                               ORDER BY t.verdict_id DESC LIMIT 1), FALSE)
                               ORDER BY r.check_out_at DESC, r.record_id DESC LIMIT 1) v ON TRUE
            LEFT JOIN LATERAL (SELECT o.name AS firm FROM contract c JOIN organisation o ON o.organisation_id = c.firm_id
                               WHERE c.equipment_id = e.equipment_id AND c.from_on <= :today AND c.until_on > :today
                               ORDER BY c.from_on DESC LIMIT 1) k ON TRUE
            WHERE e.normal_code = :code OR e.rescue_code = :code OR e.use_registration_no IN (:typed, :code, :wide)
            ORDER BY e.normal_code = :code DESC, e.normal_code LIMIT :most
            """;

    private final Jdbi jdbi;

    LookupQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /**
     * The machine with this equipment code, or those with this rescue code or use registration.
     *
     * @param scope of who asks; none of the public
     */
    List<PublicEntry> machines(Optional<Scope> scope, String typed, LocalDate today) {
        String code = MachineKey.normal(typed);
        Reach reach = scope.map(known -> Reach.equipment(known, "e")).orElse(NOBODY);
        List<PublicEntry> found = jdbi.withHandle(handle -> handle.createQuery(SELECT.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .bind("today", today)
                .bind("code", code)
                .bind("typed", typed)
                // Registers write the brackets of a use registration either way.
                .bind("wide", code.replace('(', '（').replace(')', '）'))
                .bind("most", MOST_SHARING)
                .map((row, context) -> entry(row))
                .list());
        return found.stream()
                .filter(entry -> MachineKey.normal(entry.code()).equals(code))
                .findFirst()
                .map(List::of)
                .orElse(found);
    }

    private static PublicEntry entry(ResultSet row) throws SQLException {
        return new PublicEntry(
                row.getInt("equipment_id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("category"),
                row.getString("state"),
                text(row, "site_address"),
                text(row, "use_unit"),
                text(row, "use_registration_no"),
                text(row, "rescue_code"),
                new Inspection(
                        day(row, "inspected_until"),
                        day(row, "inspected_on"),
                        text(row, "conclusion"),
                        text(row, "body")),
                new Maintenance(
                        day(row, "visited_on"), text(row, "visited_by"), text(row, "firm"), day(row, "visit_due")),
                row.getBoolean("within"));
    }

    /** What a viewer in whose scope the machine lies sees beside what everybody sees. */
    List<Part.Filled> behind(Scope scope, PublicEntry machine, Language language, LocalDate today) {
        return jdbi.withHandle(handle -> List.of(
                alerts(scope, language).fill(handle, machine.id()),
                EquipmentParts.VISITS.fill(handle, machine.id()),
                // Last, for a firm has many.
                operators(scope, today).fill(handle, machine.id())));
    }

    private static Part alerts(Scope scope, Language language) {
        Reach reach = Reach.alerts(scope, "a");
        return new Part(
                "alerts",
                Word.LOOKUP_ALERTS,
                """
                SELECT a.alert_id, a.severity, coalesce(r.%s, a.rule) AS alert_title, a.state AS alert_state, a.last_seen
                FROM alert a LEFT JOIN alert_rule r ON r.rule = a.rule
                WHERE a.equipment_id = :key AND a.state <> 'closed' AND (%s)
                ORDER BY a.severity_rank, a.activated_at DESC, a.alert_id DESC LIMIT 20
                """.formatted(Part.title(language), reach.condition()),
                reach,
                Part.ALERT_COLUMNS);
    }

    /** Of the use unit and of the firm under contract: an officer who stands before the machine checks both; an organisation sees its own. */
    private static Part operators(Scope scope, LocalDate today) {
        Reach own = scope.ofBureau() ? Reach.all() : Reach.operators(scope, "p");
        Map<String, Object> bindings = new HashMap<>(own.bindings());
        bindings.put("today", today);
        return new Part(
                "operators",
                Word.ORGANISATION_CERTIFICATES,
                """
                SELECT p.name, c.item, c.until_on - 1 AS valid_to,
                    CASE WHEN c.until_on <= :today THEN 'expired' ELSE 'valid' END AS certificate_state, o.name AS organisation_name
                FROM operator p JOIN operator_certificate c USING (operator_id) JOIN organisation o USING (organisation_id)
                WHERE (%s)
                  AND p.organisation_id IN (SELECT use_unit_id FROM equipment WHERE equipment_id = :key
                                            UNION SELECT firm_id FROM contract
                                            WHERE equipment_id = :key AND from_on <= :today AND until_on > :today)
                  AND NOT EXISTS (SELECT FROM operator_certificate later
                                  WHERE later.operator_id = c.operator_id AND later.item = c.item AND later.from_on > c.from_on)
                ORDER BY c.until_on > :today, o.name, p.name, c.item LIMIT 100
                """.formatted(own.condition()),
                new Reach(own.condition(), bindings),
                List.of(
                        Column.of("name"),
                        Column.of("item"),
                        Column.of("valid_to"),
                        Column.of("certificate_state").in("CERTIFICATE"),
                        Column.of("organisation_name")));
    }

    /** @param scope of who asks; none of the public */
    Optional<Certificate> certificate(Optional<Scope> scope, String number) {
        Reach reach = scope.map(known -> Reach.operators(known, "p")).orElse(NOBODY);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT p.operator_id, p.certificate_no, p.name, o.name AS organisation, (%s) AS within
                        FROM operator p LEFT JOIN organisation o ON o.organisation_id = p.organisation_id
                        WHERE p.certificate_no IN (:number, :normal) LIMIT 1
                        """.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .bind("number", number)
                .bind("normal", MachineKey.normal(number))
                .map((row, context) -> new Certificate(
                        row.getString("certificate_no"),
                        row.getString("name"),
                        text(row, "organisation"),
                        items(handle, row.getInt("operator_id")),
                        row.getBoolean("within")))
                .findOne());
    }

    private static List<Certificate.Item> items(Handle handle, int operator) {
        return handle.createQuery("""
                        SELECT DISTINCT ON (item) item, from_on, until_on - 1 AS valid_to FROM operator_certificate
                        WHERE operator_id = :operator ORDER BY item, from_on DESC
                        """)
                .bind("operator", operator)
                .map((row, context) -> new Certificate.Item(
                        row.getString("item"),
                        row.getObject("from_on", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)))
                .list();
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).filter(text -> !text.isBlank());
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class));
    }
}
