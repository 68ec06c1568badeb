package io.tean.dashboards.register;

import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/**
 * One list of the register, declared: pages, files and API are made from it.
 *
 * @param title its name
 * @param hint what can be searched for
 * @param columns the first one leads to the row's page
 * @param source the rows that the request may see and asks for
 */
public record Directory(
        Word title,
        Word hint,
        Routes routes,
        List<Column> columns,
        List<Filter> filters,
        Sorting sorting,
        Function<Request, ListReader<Row>> source) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Its addresses. */
    public record Routes(Route list, Route csv, Route workbook) {}

    public Directory {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
    }

    /** All conditions of the filters that the request names. */
    static void narrow(Where where, List<Filter> filters, Request request) {
        filters.forEach(filter -> filter.narrow(where, request));
    }

    Answer page(Request request, Jdbi jdbi, Screens screens) {
        Listing<Row> listing = listing(request, jdbi);
        return Answer.page(screens.render(
                "register-list.jte",
                Map.of(
                        "frame",
                        Frame.of(request, title),
                        "table",
                        new Table(request, listing),
                        "rows",
                        listing.rows(),
                        "directory",
                        this,
                        "search",
                        Search.of(request).text(),
                        "request",
                        request)));
    }

    Answer file(Request request, Jdbi jdbi) {
        ListReader<Row> reader = source.apply(request);
        Paging paging = Paging.of(request, sorting);
        Tongue t = request.tongue();
        String name = "tean" + routes.list().path().replace('/', '-');
        return new Sheet(
                        name,
                        columns.stream().map(column -> t.say(column.title())).toList(),
                        sink -> reader.export(
                                jdbi,
                                paging,
                                sink,
                                row -> columns.stream()
                                        .map(column -> column.cell(row, t))
                                        .toArray()))
                .answer(request);
    }

    Answer json(Request request, Jdbi jdbi) {
        return Answer.json(200, JSON.writeValueAsString(listing(request, jdbi).json(Row::json)));
    }

    private Listing<Row> listing(Request request, Jdbi jdbi) {
        return source.apply(request).page(jdbi, Paging.of(request, sorting));
    }

    public List<Column> shown() {
        return columns.stream().filter(Column::shown).toList();
    }

    /** Whether the request leaves nothing out. */
    public boolean isWhole(Request request) {
        return request.query("q").isEmpty()
                && filters.stream().map(Filter::name).map(request::query).allMatch(Optional::isEmpty);
    }
}
