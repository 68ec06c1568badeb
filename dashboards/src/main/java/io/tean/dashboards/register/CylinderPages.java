package io.tean.dashboards.register;

import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.filling.Fill;
import io.tean.dashboards.filling.FillQuery;
import io.tean.dashboards.filling.FillingPages;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Gas cylinders: the list, by the million, and the whole life of one of them. */
public final class CylinderPages {
    private static final List<String> TYPES =
            List.of("SEAMLESS", "WELDED", "LPG", "DISSOLVED_ACETYLENE", "VEHICLE_FUEL", "WELDED_INSULATED");

    private static final String FROM = "FROM cylinder c ";
    private static final String JOINED = FROM + "LEFT JOIN organisation o ON o.organisation_id = c.station_id ";
    private static final String SELECT = """
            SELECT c.cylinder_id AS key, c.code, c.type AS cylinder_type, c.medium, c.state, c.inspection_due_on, o.name AS station_name,
                o.credit_code AS station, c.volume_litre, c.tare_kg, c.rated_fill_kg, c.made_on, c.last_inspected_on, c.due_rule, c.scrap_on,
                c.ownership
            """;
    private static final List<Column> COLUMNS = List.of(
            Column.of("code").sortedBy("code").to(Route.CYLINDER, "code"),
            Column.of("cylinder_type").in("CYLINDER_TYPE"),
            Column.of("medium"),
            Column.of("state").in("EQUIPMENT_STATE"),
            Column.of("inspection_due_on").sortedBy("due"),
            Column.of("station_name"),
            Column.of("station").inFilesOnly(),
            Column.of("volume_litre"),
            Column.of("tare_kg").inFilesOnly(),
            Column.of("rated_fill_kg").inFilesOnly(),
            Column.of("made_on").inFilesOnly(),
            Column.of("last_inspected_on").inFilesOnly(),
            Column.of("due_rule").inFilesOnly(),
            Column.of("scrap_on").inFilesOnly(),
            Column.of("ownership").in("OWNERSHIP").inFilesOnly());
    private static final List<Column> FACTS = List.of(
            Column.of("cylinder_type").in("CYLINDER_TYPE"),
            Column.of("medium"),
            Column.of("state").in("EQUIPMENT_STATE"),
            Column.of("station_name"),
            Column.of("ownership").in("OWNERSHIP"),
            Column.of("volume_litre"),
            Column.of("tare_kg"),
            Column.of("rated_fill_kg"),
            Column.of("made_on"),
            Column.of("last_inspected_on"),
            Column.of("inspection_due_on"),
            Column.of("due_rule"),
            Column.of("scrap_on"));
    private static final List<Filter> FILTERS = List.of(
            Filter.typed(
                    "station",
                    Word.REGISTER_STATION_CODE,
                    Filter.Kind.CREDIT_CODE,
                    "c.station_id = (SELECT organisation_id FROM organisation WHERE credit_code = :station)"),
            Filter.choice("type", Word.FIELD_CYLINDER_TYPE, "CYLINDER_TYPE", TYPES, "c.type = :type"),
            Filter.choice("state", Word.FIELD_STATE, "EQUIPMENT_STATE", EquipmentDirectory.STATES, "c.state = :state"),
            // Only what is in use falls due; said so that the index of those serves.
            Filter.typed(
                    "due-before",
                    Word.CYLINDER_DUE_BEFORE,
                    Filter.Kind.DAY,
                    "c.inspection_due_on < :due_before AND c.state = 'IN_USE'"));

    /** Of the fills on a cylinder's page, which have one order. */
    private static final Sorting PAGES = new Sorting(Map.of("time", "f.time"), "-time", "f.time");

    private final Jdbi jdbi;
    private final FillQuery fills;
    private final FillingPages.Terms terms;
    private final Screens screens;
    private final InstantSource clock;
    private final Directory directory;

    public CylinderPages(DataSource database, StreamCatalogue streams, Screens screens, InstantSource clock) {
        this.jdbi = WebStore.over(database);
        this.fills = new FillQuery(database);
        this.terms = FillingPages.Terms.of(streams);
        this.screens = screens;
        this.clock = clock;
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("code", "c.code");
        sorts.put("due", "c.inspection_due_on");
        Sorting sorting = new Sorting(sorts, "code", "c.code");
        this.directory = new Directory(
                Word.NAV_CYLINDERS,
                Word.CYLINDER_SEARCH,
                new Directory.Routes(Route.CYLINDERS, Route.CYLINDERS_EXPORT, Route.CYLINDERS_WORKBOOK),
                COLUMNS,
                FILTERS,
                sorting,
                request -> reader(request, sorting));
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.CYLINDERS, request -> directory.page(request, jdbi, screens),
                Route.CYLINDERS_EXPORT, request -> directory.file(request, jdbi),
                Route.CYLINDERS_WORKBOOK, request -> directory.file(request, jdbi),
                Route.CYLINDER, this::entry,
                Route.API_CYLINDERS, request -> directory.json(request, jdbi));
    }

    private static ListReader<Row> reader(Request request, Sorting sorting) {
        Where where = new Where(Reach.cylinders(request.scope(), "c"));
        Directory.narrow(where, FILTERS, request);
        Search search = Search.of(request);
        if (!search.isBlank()) {
            // The whole code: one look into the index, where a part of it would have a million read.
            where.and("c.code = :q").bind("q", search.text());
        }
        return new ListReader<>(
                SELECT + JOINED + where.sql(), FROM + where.sql(), where.bindings(), sorting, Row.MAPPER);
    }

    private Answer entry(Request request) {
        String code = request.parameter("cylinder");
        if (code.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        Where where = new Where(Reach.cylinders(request.scope(), "c")).and("c.code = :code", "code", code);
        Row cylinder = jdbi.withHandle(handle -> handle.createQuery(SELECT + JOINED + where.sql())
                .bindMap(where.bindings())
                .map(Row.MAPPER)
                .findOne()
                .orElseThrow(Refusal::notFound));
        Listing<Fill> fills = this.fills.life(
                request.scope(), code, today(), Paging.of(request, PAGES).page());
        List<Part.Filled> parts = jdbi.withHandle(handle -> List.of(
                alerts(request).fill(handle, cylinder.key()),
                changes(request.scope()).fill(handle, cylinder.key())));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", Frame.of(request, code));
        parameters.put("cylinder", cylinder);
        parameters.put("facts", FACTS);
        parameters.put("parts", parts);
        parameters.put("table", new Table(request, fills));
        parameters.put("fills", fills.rows());
        parameters.put("terms", terms);
        parameters.put("today", today());
        return Answer.page(screens.render("cylinder.jte", parameters));
    }

    private LocalDate today() {
        return Entry.today(clock);
    }

    /** All that was ever found about it. To an organisation: what concerns it, which may be another station than its own. */
    private static Part alerts(Request request) {
        Reach reach = Reach.alerts(request.scope(), "a");
        return new Part(
                "alerts",
                Word.CYLINDER_ALERTS,
                """
                SELECT a.alert_id, a.severity, coalesce(r.%s, a.rule) AS alert_title, a.state AS alert_state, a.last_seen
                FROM cylinder c JOIN alert a ON a.subject_kind = 'CYLINDER' AND a.subject = c.code
                LEFT JOIN alert_rule r ON r.rule = a.rule
                WHERE c.cylinder_id = :key AND (%s) ORDER BY a.alert_id DESC LIMIT 50
                """.formatted(Part.title(request.language()), reach.condition()),
                reach,
                Part.ALERT_COLUMNS);
    }

    private static Part changes(Scope scope) {
        Reach reach = Reach.auditEntries(scope, "a");
        return new Part(
                "changes",
                Word.EQUIPMENT_CHANGES,
                """
                SELECT a.audit_id, a.at, a.actor, a.action, a.reason
                FROM cylinder c JOIN audit_entry a ON a.subject_kind = 'cylinder' AND a.subject = c.code
                WHERE c.cylinder_id = :key AND (%s) ORDER BY a.audit_id DESC LIMIT 50
                """.formatted(reach.condition()),
                reach,
                EquipmentParts.CHANGE_COLUMNS);
    }
}
