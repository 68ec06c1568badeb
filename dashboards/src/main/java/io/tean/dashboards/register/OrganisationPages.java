package io.tean.dashboards.register;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Use units, maintenance firms, stations and bodies: the list, and one with what it has. */
public final class OrganisationPages {
    private static final List<String> KINDS =
            List.of("USE_UNIT", "MAINTENANCE_FIRM", "FILLING_STATION", "INSPECTION_BODY", "RESCUE_STATION");

    private static final String FROM = "FROM organisation o ";
    private static final String SELECT = """
            SELECT o.organisation_id AS key, o.credit_code, o.name, o.kind, o.division_code, o.contact, o.telephone, o.duty_hours, o.latitude,
                o.longitude, o.added_at
            """;
    private static final List<Column> COLUMNS = List.of(
            Column.of("credit_code").sortedBy("code").to(Route.ORGANISATION, "credit_code"),
            Column.of("name").sortedBy("name"),
            Column.of("kind").in("ORGANISATION_KIND").sortedBy("kind"),
            Column.of("division_code"),
            Column.of("contact"),
            Column.of("telephone"),
            Column.of("duty_hours"),
            Column.of("latitude").inFilesOnly(),
            Column.of("longitude").inFilesOnly(),
            Column.of("added_at").inFilesOnly());
    private static final List<Column> FACTS = List.of(
            Column.of("credit_code"),
            Column.of("kind").in("ORGANISATION_KIND"),
            Column.of("division_code"),
            Column.of("contact"),
            Column.of("telephone"),
            Column.of("duty_hours"),
            Column.of("latitude"),
            Column.of("longitude"),
            Column.of("machines"),
            Column.of("contracts"),
            Column.of("cylinders"));
    private static final List<Filter> FILTERS = List.of(
            Filter.choice("kind", Word.REGISTER_KIND, "ORGANISATION_KIND", KINDS, "o.kind = :kind"),
            Filter.typed(
                    "division",
                    Word.FIELD_DIVISION_CODE,
                    Filter.Kind.DIVISION,
                    "starts_with(o.division_code, :division)"));

    private static final Part CERTIFICATES = Part.of(
            "certificates",
            Word.ORGANISATION_CERTIFICATES,
            """
            SELECT p.certificate_no, p.name, c.item, c.from_on, c.until_on - 1 AS valid_to
            FROM operator p JOIN operator_certificate c USING (operator_id)
            WHERE p.organisation_id = :key
              AND NOT EXISTS (SELECT FROM operator_certificate later
                              WHERE later.operator_id = c.operator_id AND later.item = c.item AND later.from_on > c.from_on)
            ORDER BY c.until_on, p.name, c.item LIMIT 100
            """,
            Column.of("name"),
            Column.of("certificate_no"),
            Column.of("item"),
            Column.of("from_on"),
            Column.of("valid_to"));

    private final Jdbi jdbi;
    private final Screens screens;
    private final InstantSource clock;
    private final Directory directory;

    public OrganisationPages(DataSource database, Screens screens, InstantSource clock) {
        this.clock = clock;
        this.jdbi = WebStore.over(database);
        this.screens = screens;
        this.directory = directory();
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.ORGANISATIONS, request -> directory.page(request, jdbi, screens),
                Route.ORGANISATIONS_EXPORT, request -> directory.file(request, jdbi),
                Route.ORGANISATIONS_WORKBOOK, request -> directory.file(request, jdbi),
                Route.ORGANISATION, this::entry,
                Route.API_ORGANISATIONS, request -> directory.json(request, jdbi));
    }

    private static Directory directory() {
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("name", "o.name");
        sorts.put("code", "o.credit_code");
        sorts.put("kind", "o.kind");
        Sorting sorting = new Sorting(sorts, "name", "o.organisation_id");
        return new Directory(
                Word.NAV_ORGANISATIONS,
                Word.ORGANISATION_SEARCH,
                new Directory.Routes(Route.ORGANISATIONS, Route.ORGANISATIONS_EXPORT, Route.ORGANISATIONS_WORKBOOK),
                COLUMNS,
                FILTERS,
                sorting,
                request -> reader(request, sorting));
    }

    private static ListReader<Row> reader(Request request, Sorting sorting) {
        Where where = new Where(Reach.organisations(request.scope(), "o"));
        Directory.narrow(where, FILTERS, request);
        Search search = Search.of(request);
        if (!search.isBlank()) {
            where.and("o.name ILIKE :q OR o.credit_code ILIKE :q OR o.contact ILIKE :q OR o.telephone ILIKE :q")
                    .bind("q", search.pattern());
        }
        return new ListReader<>(SELECT + FROM + where.sql(), FROM + where.sql(), where.bindings(), sorting, Row.MAPPER);
    }

    private Answer entry(Request request) {
        Row organisation = found(request.scope(), request.parameter("organisation"));
        List<Part.Filled> parts = jdbi.withHandle(handle -> List.of(
                contracts(request.scope()).fill(handle, organisation.key()),
                CERTIFICATES.fill(handle, organisation.key())));
        return Entry.page(
                screens,
                request,
                new Entry(organisation.text("name"), directory.routes().list(), organisation, FACTS, parts));
    }

    /** What it maintains and what is maintained for it, a line for all machines of a contract that have the same days. */
    private static Part contracts(Scope scope) {
        Reach reach = Reach.equipment(scope, "e");
        return new Part(
                "contracts",
                Word.EQUIPMENT_CONTRACTS,
                """
                SELECT c.contract_no, f.name AS firm_name, u.name AS use_unit_name, count(*) AS contract_machines, c.from_on,
                    nullif(c.until_on, 'infinity') - 1 AS valid_to
                FROM (SELECT contract_id FROM contract WHERE firm_id = :key
                      UNION SELECT o.contract_id FROM equipment m JOIN contract o USING (equipment_id) WHERE m.use_unit_id = :key) own
                JOIN contract c USING (contract_id)
                JOIN equipment e USING (equipment_id)
                JOIN organisation f ON f.organisation_id = c.firm_id
                LEFT JOIN organisation u ON u.organisation_id = coalesce(c.use_unit_id, e.use_unit_id)
                WHERE (%s)
                GROUP BY c.contract_no, f.name, u.name, c.from_on, c.until_on
                ORDER BY c.until_on DESC, c.from_on DESC, c.contract_no, u.name LIMIT 100
                """.formatted(reach.condition()),
                reach,
                List.of(
                        Column.of("contract_no"),
                        Column.of("firm_name"),
                        Column.of("use_unit_name"),
                        Column.of("contract_machines"),
                        Column.of("from_on"),
                        Column.of("valid_to")));
    }

    private Row found(Scope scope, String code) {
        if (code.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        Where where = new Where(Reach.organisations(scope, "o")).and("o.credit_code = :code", "code", code);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        , (SELECT count(*) FROM equipment e WHERE e.use_unit_id = o.organisation_id) AS machines,
                        (SELECT count(*) FROM contract c
                         WHERE c.firm_id = o.organisation_id AND daterange(c.from_on, c.until_on) @> :today) AS contracts,
                        (SELECT count(*) FROM cylinder y WHERE y.station_id = o.organisation_id) AS cylinders
                        """ + FROM + where.sql())
                .bindMap(where.bindings())
                .bind("today", Entry.today(clock))
                .map(Row.MAPPER)
                .findOne()
                .orElseThrow(Refusal::notFound));
    }
}
