package io.tean.dashboards.filling;

import io.tean.core.stream.Field;
import io.tean.core.stream.Label;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** What the stations filled, and the fills behind it, for people and for programs. */
public final class FillingPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> TALLY_COLUMNS =
            List.of(Word.FILLING_FILLS, Word.FILLING_MASS, Word.FILLING_REFUSED, Word.FILLING_FLAGGED);
    private static final List<Word> COLUMNS = List.of(
            Word.FILL_TIME,
            Word.FIELD_STATION_NAME,
            Word.FILL_MACHINE,
            Word.FILL_GUN,
            Word.FILL_CYLINDER,
            Word.FIELD_MEDIUM,
            Word.FIELD_TARE_KG,
            Word.FILL_GROSS,
            Word.FILL_NET,
            Word.FILL_REWEIGHED,
            Word.FIELD_RATED_FILL_KG,
            Word.FILL_FILLER,
            Word.FILL_VERDICT,
            Word.FILL_FAULTS,
            Word.FILL_FLAGS);

    private final FillQuery query;
    private final Terms terms;
    private final Screens screens;
    private final InstantSource clock;

    /**
     * The words of the stream's declaration.
     *
     * @param media by word
     */
    public record Terms(Map<String, Label> media) {
        public static Terms of(StreamCatalogue streams) {
            return new Terms(streams.stream("cylinder-fill")
                    .flatMap(stream -> stream.field("medium"))
                    .map(Field::values)
                    .orElse(Map.of()));
        }

        public String medium(Fill fill, Tongue t) {
            return fill.medium()
                    .map(word -> media.containsKey(word) ? t.say(media.get(word)) : word)
                    .orElse("–");
        }
    }

    public FillingPages(DataSource database, StreamCatalogue streams, Screens screens, InstantSource clock) {
        this.query = new FillQuery(database);
        this.terms = Terms.of(streams);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.FILLING, this::tallies,
                Route.FILLING_EXPORT, this::talliesFile,
                Route.FILLING_WORKBOOK, this::talliesFile,
                Route.FILLS, this::fills,
                Route.FILLS_EXPORT, this::fillsFile,
                Route.FILLS_WORKBOOK, this::fillsFile,
                Route.API_FILLING, this::talliesJson,
                Route.API_FILLS, request -> json(listing(request).json(Fill::json)));
    }

    private static boolean byDay(Request request) {
        return Choice.of(request, "by", List.of("station", "day"))
                .filter("day"::equals)
                .isPresent();
    }

    private Answer tallies(Request request) {
        FillFilter filter = FillFilter.ofDays(request, clock);
        List<Tally> tallies = query.tallies(request.scope(), filter, byDay(request));
        return Answer.page(screens.render(
                "filling.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_FILLING),
                        "request", request,
                        "filter", filter,
                        "byDay", byDay(request),
                        "tallies", tallies,
                        "total", Tally.sum(tallies),
                        "flags", query.flags(request.scope(), filter))));
    }

    private Answer talliesFile(Request request) {
        FillFilter filter = FillFilter.ofDays(request, clock);
        boolean byDay = byDay(request);
        Tongue t = request.tongue();
        Stream<Word> keys =
                byDay ? Stream.of(Word.FILLING_DAY) : Stream.of(Word.FIELD_STATION_NAME, Word.FIELD_STATION);
        return new Sheet(
                        "tean-filling",
                        Stream.concat(keys, TALLY_COLUMNS.stream()).map(t::say).toList(),
                        sink -> {
                            for (Tally tally : query.tallies(request.scope(), filter, byDay)) {
                                Stream<Object> named = byDay
                                        ? Stream.of(tally.key())
                                        : Stream.of(tally.name().orElse(""), tally.key());
                                sink.row(Stream.concat(
                                                named,
                                                Stream.of(
                                                        tally.fills(), tally.mass(), tally.refused(), tally.flagged()))
                                        .toArray());
                            }
                        })
                .answer(request);
    }

    private Answer talliesJson(Request request) {
        FillFilter filter = FillFilter.ofDays(request, clock);
        List<Tally> tallies = query.tallies(request.scope(), filter, byDay(request));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", filter.from().orElseThrow());
        json.put("to", filter.to());
        json.put("by", byDay(request) ? "day" : "station");
        json.put("total", Tally.sum(tallies).json());
        json.put("items", tallies.stream().map(Tally::json).toList());
        json.put(
                "flags",
                query.flags(request.scope(), filter).entrySet().stream()
                        .map(entry -> Map.of("rule", entry.getKey().rule(), "fills", entry.getValue()))
                        .toList());
        return json(json);
    }

    private Answer fills(Request request) {
        Listing<Fill> fills = listing(request);
        return Answer.page(screens.render(
                "fills.jte",
                Map.of(
                        "frame", Frame.of(request, Word.FILLS),
                        "table", new Table(request, fills),
                        "fills", fills.rows(),
                        "filter", FillFilter.of(request, clock),
                        "terms", terms,
                        "sort", request.query("sort").orElse(""))));
    }

    private Answer fillsFile(Request request) {
        FillFilter filter = FillFilter.of(request, clock);
        Paging paging = Paging.of(request, FillQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-fills",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, fill -> cells(fill, t)))
                .answer(request);
    }

    private Object[] cells(Fill fill, Tongue t) {
        return Stream.of(
                        t.time(fill.time()),
                        fill.place().station().orElse(""),
                        fill.place().machine(),
                        fill.place().gun(),
                        fill.cylinder().code(),
                        fill.medium().isEmpty() ? "" : terms.medium(fill, t),
                        cell(fill.masses().tare()),
                        cell(fill.masses().gross()),
                        cell(fill.masses().net()),
                        cell(fill.masses().reweighed()),
                        cell(fill.masses().rated()),
                        fill.filler().orElse(""),
                        t.say(fill.checks().refused() ? Word.FILL_VERDICT_REFUSED : Word.FILL_VERDICT_FILLED),
                        String.join(" ", fill.checks().faults()),
                        fill.flags().stream()
                                .map(flag -> flag.said(t))
                                .reduce((a, b) -> a + "; " + b)
                                .orElse(""))
                .toArray();
    }

    private static Object cell(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : "";
    }

    private Listing<Fill> listing(Request request) {
        return query.list(request.scope(), FillFilter.of(request, clock), Paging.of(request, FillQuery.SORTING));
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}
