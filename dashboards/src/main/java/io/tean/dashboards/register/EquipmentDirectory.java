package io.tean.dashboards.register;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.machine.MachineKey;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads equipment within a scope: the list, and one machine with all that is linked to it. */
public final class EquipmentDirectory {
    /** As the register writes them; cylinders have a list of their own. */
    static final List<String> CATEGORIES = List.of(
            "elevator",
            "boiler",
            "pressure-vessel",
            "mobile-pressure-vessel",
            "crane",
            "forklift",
            "tourist-vehicle",
            "amusement-ride",
            "pressure-piping",
            "passenger-ropeway",
            "filling-machine");

    static final List<String> STATES = List.of("IN_USE", "SUSPENDED", "SCRAPPED", "DEREGISTERED");

    /** What stands around a machine, as rescue bulletins count it. */
    public static final List<String> PLACE_KINDS =
            List.of("RESIDENTIAL", "OFFICE", "SHOP", "HOTEL", "HOSPITAL", "SCHOOL", "TRANSPORT", "FACTORY", "OTHER");

    private static final String FROM = "FROM equipment e ";
    private static final String JOINED = FROM + """
            LEFT JOIN organisation u ON u.organisation_id = e.use_unit_id
            LEFT JOIN organisation b ON b.organisation_id = e.inspection_body_id
            """;
    private static final String SELECT = """
            SELECT e.equipment_id AS key, e.code, e.name, e.category, e.state, e.division_code, u.name AS use_unit_name,
                e.site_address, e.crowded_place, e.place_kind, e.use_registration_no, e.rescue_code, u.credit_code AS use_unit, e.type_code, e.catalogue,
                e.factory_no, e.latitude, e.longitude, b.credit_code AS inspection_body, b.name AS inspection_body_name, e.made_on,
                e.in_use_since, e.supervised_on, e.state_since, e.registered_at, e.parameters
            """;

    private static final List<Column> COLUMNS = List.of(
            Column.of("code").sortedBy("code").to(Route.EQUIPMENT_ENTRY, "code"),
            Column.of("name"),
            Column.of("category").in("CATEGORY").sortedBy("category"),
            Column.of("state").in("EQUIPMENT_STATE"),
            Column.of("division_code"),
            Column.of("use_unit_name"),
            Column.of("site_address"),
            Column.of("crowded_place").inFilesOnly(),
            Column.of("place_kind").in("PLACE_KIND").inFilesOnly(),
            Column.of("use_registration_no").inFilesOnly(),
            Column.of("rescue_code"),
            Column.of("use_unit").inFilesOnly(),
            Column.of("type_code").inFilesOnly(),
            Column.of("catalogue").in("CATALOGUE").inFilesOnly(),
            Column.of("factory_no").inFilesOnly(),
            Column.of("latitude").inFilesOnly(),
            Column.of("longitude").inFilesOnly(),
            Column.of("inspection_body").inFilesOnly(),
            Column.of("inspection_body_name").inFilesOnly(),
            Column.of("made_on").inFilesOnly(),
            Column.of("in_use_since").inFilesOnly(),
            Column.of("supervised_on").inFilesOnly(),
            Column.of("state_since").inFilesOnly(),
            Column.of("registered_at").inFilesOnly());

    /** What stands on top of a machine's page, before what its category has. */
    static final List<Column> FACTS = List.of(
            Column.of("category").in("CATEGORY"),
            Column.of("type_code"),
            Column.of("catalogue").in("CATALOGUE"),
            Column.of("use_registration_no"),
            Column.of("rescue_code"),
            Column.of("factory_no"),
            Column.of("use_unit_name"),
            Column.of("inspection_body_name"),
            Column.of("division_code"),
            Column.of("site_address"),
            Column.of("crowded_place"),
            Column.of("place_kind").in("PLACE_KIND"),
            Column.of("latitude"),
            Column.of("longitude"),
            Column.of("made_on"),
            Column.of("in_use_since"),
            Column.of("supervised_on"),
            Column.of("state_since"),
            Column.of("registered_at"));

    /** What tells a machine from others at once. */
    static final List<Column> IDENTITY = List.of(
            Column.of("category").in("CATEGORY"),
            Column.of("use_unit_name"),
            Column.of("site_address"),
            Column.of("rescue_code"));

    private static final List<Filter> FILTERS = List.of(
            Filter.choice("category", Word.FIELD_CATEGORY, "CATEGORY", CATEGORIES, "e.category = :category"),
            Filter.choice("state", Word.FIELD_STATE, "EQUIPMENT_STATE", STATES, "e.state = :state"),
            Filter.typed(
                    "division",
                    Word.FIELD_DIVISION_CODE,
                    Filter.Kind.DIVISION,
                    "starts_with(e.division_code, :division)"),
            Filter.typed(
                    "use-unit",
                    Word.REGISTER_USE_UNIT_CODE,
                    Filter.Kind.CREDIT_CODE,
                    "e.use_unit_id = (SELECT organisation_id FROM organisation WHERE credit_code = :use_unit)"),
            Filter.choice(
                    "crowded",
                    Word.FIELD_CROWDED_PLACE,
                    "ANSWER",
                    List.of("true", "false"),
                    "e.crowded_place = CAST(:crowded AS boolean)"));

    private final Jdbi jdbi;

    public EquipmentDirectory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Directory directory() {
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("code", "e.normal_code");
        sorts.put("category", "e.category");
        return new Directory(
                Word.NAV_EQUIPMENT,
                Word.EQUIPMENT_SEARCH,
                new Directory.Routes(Route.EQUIPMENT, Route.EQUIPMENT_EXPORT, Route.EQUIPMENT_WORKBOOK),
                COLUMNS,
                FILTERS,
                new Sorting(sorts, "code", "e.normal_code"),
                this::reader);
    }

    /**
     * One page of the machines that the list of equipment has for the same query, in its order.
     *
     * @param size of the page
     */
    public Listing<Row> listing(Request request, int size) {
        Paging asked = Paging.of(request, directory().sorting());
        return reader(request).page(jdbi, new Paging(asked.page(), size, asked.sort(), asked.descending()));
    }

    private ListReader<Row> reader(Request request) {
        Where where = new Where(Reach.equipment(request.scope(), "e"));
        Directory.narrow(where, FILTERS, request);
        Search search = Search.of(request);
        if (!search.isBlank()) {
            find(where, search);
        }
        return new ListReader<>(
                SELECT + JOINED + where.sql(),
                FROM + where.sql(),
                where.bindings(),
                directory().sorting(),
                Row.MAPPER);
    }

    /** By a code that somebody has in full, which is one look into an index; or else by a part of any text, which reads them all. */
    private void find(Where where, Search search) {
        String code = MachineKey.normal(search.text());
        String byCode = "e.normal_code = :code OR e.use_registration_no = :typed OR e.rescue_code = :code";
        boolean known =
                jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT " + FROM + "WHERE " + byCode + ")")
                        .bind("code", code)
                        .bind("typed", search.text())
                        .mapTo(Boolean.class)
                        .one());
        if (known) {
            where.and(byCode).bind("code", code).bind("typed", search.text());
        } else {
            where.and("""
                    e.normal_code LIKE :code OR e.name ILIKE :q OR e.site_address ILIKE :q OR e.use_registration_no ILIKE :q
                    """).bind("q", search.pattern()).bind("code", new Search(code).pattern());
        }
    }

    /** Empty when there is no such machine, or when it is out of the scope. */
    Optional<Row> find(Scope scope, String code) {
        Where where =
                new Where(Reach.equipment(scope, "e")).and("e.normal_code = :code", "code", MachineKey.normal(code));
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + JOINED + where.sql())
                .bindMap(where.bindings())
                .map(Row.MAPPER)
                .findOne());
    }

    /** What is linked to a machine, each within the scope. */
    List<Part.Filled> parts(Scope scope, Row machine) {
        return jdbi.withHandle(handle -> EquipmentParts.within(scope).stream()
                .map(part -> part.fill(handle, machine.key()))
                .toList());
    }
}
