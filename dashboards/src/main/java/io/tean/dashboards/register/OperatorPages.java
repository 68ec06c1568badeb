package io.tean.dashboards.register;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Handler;
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

/** Operators, a row for each item that one is or was certified for; of renewed certificates the newest. */
public final class OperatorPages {
    /** Before the end of a certificate, in which its renewal is asked for. */
    private static final int SOON_DAYS = 90;

    private static final String STATE = """
            CASE WHEN c.until_on <= :today THEN 'expired' WHEN c.until_on <= :soon THEN 'expiring' ELSE 'valid' END""";
    private static final String FROM = """
            FROM operator_certificate c JOIN operator p ON p.operator_id = c.operator_id
            LEFT JOIN organisation o ON o.organisation_id = p.organisation_id
            """;
    private static final String SELECT = """
            SELECT p.name, p.certificate_no, c.item, c.from_on, c.until_on - 1 AS valid_to, %s AS certificate_state,
                o.credit_code AS organisation, o.name AS organisation_name, p.telephone
            """.formatted(STATE);
    private static final List<Column> COLUMNS = List.of(
            Column.of("name").sortedBy("name"),
            Column.of("certificate_no").sortedBy("certificate"),
            Column.of("item"),
            Column.of("from_on"),
            Column.of("valid_to").sortedBy("until"),
            Column.of("certificate_state").in("CERTIFICATE"),
            Column.of("organisation_name"),
            Column.of("organisation").inFilesOnly(),
            Column.of("telephone").inFilesOnly());
    private static final List<Filter> FILTERS = List.of(
            Filter.choice(
                    "state",
                    Word.FIELD_CERTIFICATE_STATE,
                    "CERTIFICATE",
                    List.of("valid", "expiring", "expired"),
                    STATE + " = :state"),
            Filter.typed(
                    "organisation",
                    Word.REGISTER_ORGANISATION_CODE,
                    Filter.Kind.CREDIT_CODE,
                    "o.credit_code = :organisation"));

    private final Jdbi jdbi;
    private final Screens screens;
    private final InstantSource clock;
    private final Directory directory;

    public OperatorPages(DataSource database, Screens screens, InstantSource clock) {
        this.jdbi = WebStore.over(database);
        this.screens = screens;
        this.clock = clock;
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("until", "c.until_on");
        sorts.put("name", "p.name");
        sorts.put("certificate", "p.certificate_no");
        Sorting sorting = new Sorting(sorts, "until", "(c.operator_id, c.item, c.from_on)");
        this.directory = new Directory(
                Word.NAV_OPERATORS,
                Word.OPERATOR_SEARCH,
                new Directory.Routes(Route.OPERATORS, Route.OPERATORS_EXPORT, Route.OPERATORS_WORKBOOK),
                COLUMNS,
                FILTERS,
                sorting,
                request -> reader(request, sorting));
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.OPERATORS, request -> directory.page(request, jdbi, screens),
                Route.OPERATORS_EXPORT, request -> directory.file(request, jdbi),
                Route.OPERATORS_WORKBOOK, request -> directory.file(request, jdbi),
                Route.API_OPERATORS, request -> directory.json(request, jdbi));
    }

    private ListReader<Row> reader(Request request, Sorting sorting) {
        Where where = new Where(Reach.operators(request.scope(), "p"))
                .and("""
                        NOT EXISTS (SELECT FROM operator_certificate later
                                    WHERE later.operator_id = c.operator_id AND later.item = c.item AND later.from_on > c.from_on)
                        """)
                .bind("today", Entry.today(clock))
                .bind("soon", Entry.today(clock).plusDays(SOON_DAYS));
        Directory.narrow(where, FILTERS, request);
        Search search = Search.of(request);
        if (!search.isBlank()) {
            where.and("p.name ILIKE :q OR p.certificate_no ILIKE :q OR o.name ILIKE :q")
                    .bind("q", search.pattern());
        }
        return new ListReader<>(SELECT + FROM + where.sql(), FROM + where.sql(), where.bindings(), sorting, Row.MAPPER);
    }
}
