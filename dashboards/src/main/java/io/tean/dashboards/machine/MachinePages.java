package io.tean.dashboards.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.machine.MachineStory.Chart;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/** A machine's readings: for its page, whose other parts are the register's, and for charts and programs. */
public final class MachinePages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROUGH_ROWS = 32;

    private final Jdbi jdbi;
    private final StreamCatalogue streams;
    private final InstantSource clock;

    public MachinePages(DataSource database, StreamCatalogue streams, InstantSource clock) {
        this.jdbi = WebStore.over(database);
        this.streams = streams;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(Route.API_EQUIPMENT_READINGS, this::readings);
    }

    private Answer readings(Request request) {
        MachineKey machine = MachineKey.find(jdbi, request.scope(), request.parameter("code"))
                .orElseThrow(Refusal::notFound);
        List<Measure> measures = Measure.of(machine.streams(streams));
        Measure measure = asked(request, measures);
        Span span = Span.of(request, now());
        Series series = jdbi.withHandle(
                handle -> SeriesQuery.read(handle, request.scope(), machine, measure, span, SeriesQuery.MOST_POINTS));
        return Answer.json(200, JSON.writeValueAsString(series.json()));
    }

    /** The measure that a program names, or the first. */
    private static Measure asked(Request request, List<Measure> measures) {
        String stream = request.query("stream").orElse("");
        String field = request.query("field").orElse("");
        Optional<Measure> asked =
                stream.isEmpty() && field.isEmpty() ? Measure.first(measures) : Measure.named(measures, stream, field);
        return asked.orElseThrow(() -> {
            String known =
                    String.join(", ", measures.stream().map(Measure::word).toList());
            return Refusal.badParameter(
                    "field", "'" + stream + "." + field + "' is none of this machine: there are " + known);
        });
    }

    /**
     * What the page of a machine shows of its readings.
     *
     * @param machine that the viewer may see
     */
    public MachineStory story(Request request, MachineKey machine) {
        Instant now = now();
        List<Measure> measures = Measure.of(machine.streams(streams));
        return jdbi.withHandle(handle -> new MachineStory(
                now,
                NewestReadings.standing(handle, streams, machine, now),
                NewestReadings.happened(handle, streams, machine, now),
                Incidents.newestAlerts(handle, request.scope(), machine),
                Incidents.newestCases(handle, request.scope(), machine),
                measures,
                chosen(request, measures).map(measure -> chart(handle, request, machine, measure, now))));
    }

    private static Optional<Measure> chosen(Request request, List<Measure> measures) {
        String[] asked = request.query("chart").orElse("").split("\\.", 2);
        return asked.length == 2
                ? Measure.named(measures, asked[0], asked[1]).or(() -> Measure.first(measures))
                : Measure.first(measures);
    }

    private static Chart chart(Handle handle, Request request, MachineKey machine, Measure measure, Instant now) {
        Span span = Span.of(request, now);
        Map<String, String> spans = new LinkedHashMap<>();
        Span.OFFERED.keySet().forEach(word -> spans.put(word, page(machine, measure, Map.of("span", word))));
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("earlier", page(machine, measure, times(span.earlier())));
        steps.put("later", page(machine, measure, times(span.later(now))));
        steps.put("closer", page(machine, measure, times(span.closer())));
        steps.put("wider", page(machine, measure, times(span.wider(now))));
        Map<String, String> query = new LinkedHashMap<>(times(span));
        query.put("stream", measure.stream().name());
        query.put("field", measure.field().name());
        boolean named = request.query("from").isEmpty() && request.query("to").isEmpty();
        return new Chart(
                measure,
                SeriesQuery.read(handle, request.scope(), machine, measure, span, ROUGH_ROWS),
                Address.of(Route.API_EQUIPMENT_READINGS.path(machine.code()), query),
                named ? request.query("span").orElse("2d") : "",
                spans,
                steps);
    }

    private static String page(MachineKey machine, Measure measure, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(more);
        query.put("chart", measure.word());
        return Address.of(Route.EQUIPMENT_ENTRY.path(machine.code()), query) + "#chart";
    }

    private static Map<String, String> times(Span span) {
        return Map.of(
                "from", span.from().truncatedTo(ChronoUnit.SECONDS).toString(),
                "to", span.to().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Instant now() {
        return clock.instant();
    }
}
