package io.tean.dashboards.score;

import io.tean.dashboards.figures.Span;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The ranking of maintenance firms in a month, and one firm's points with what they come from; for people and for programs. */
public final class ScorePages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> COLUMNS = List.of(
            Word.SCORE_SIZE,
            Word.SCORE_RANK,
            Word.DUE_FIRM,
            Word.DEVICE_CREDIT_CODE,
            Word.SCORE_ELEVATORS,
            Word.SCORE_TOTAL,
            Word.SCORE_CLASS);

    private final ScoreQuery query;
    private final ScoreBook book;
    private final Screens screens;
    private final InstantSource clock;

    public ScorePages(DataSource database, ScoreBook book, Screens screens, InstantSource clock) {
        this.query = new ScoreQuery(database);
        this.book = book;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.SCORES, this::list,
                Route.SCORES_EXPORT, this::export,
                Route.SCORES_WORKBOOK, this::export,
                Route.SCORE, this::show,
                Route.API_SCORES, this::listJson,
                Route.API_SCORE, this::showJson);
    }

    /**
     * What is asked for.
     *
     * @param today whether the month is over
     */
    public record Asked(YearMonth month, ScoreTable table, LocalDate today) {
        public boolean isOver() {
            return month.atEndOfMonth().isBefore(today);
        }
    }

    /** What one item of a firm comes from. */
    public record Traced(Score.Line line, List<ScoreEvent> events) {
        public Traced {
            events = List.copyOf(events);
        }

        /** Whether there are more than are shown. */
        public boolean isCut() {
            return events.size() == ScoreQuery.MOST_EVENTS;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("item", line.item().id());
            json.put("group", line.item().group());
            json.put("title", line.item().title().en());
            json.put("title_zh", line.item().title().zh());
            json.put("measure", line.item().measure().word());
            json.put("part", line.fact().part());
            json.put("whole", line.fact().whole());
            json.put("points", line.points());
            json.put("events", events.stream().map(ScoreEvent::json).toList());
            return json;
        }
    }

    private Asked asked(Request request) {
        LocalDate today = Period.today(clock.instant());
        YearMonth present = YearMonth.from(today);
        YearMonth month = Span.month(request, present);
        if (month.isAfter(present)) {
            throw Refusal.badParameter("month", "'" + month + "' has not begun");
        }
        ScoreTable table = book.of(month)
                .orElseThrow(() -> Refusal.badParameter(
                        "month", "'" + month + "' is before " + book.first() + ", the first month with scoring rules"));
        return new Asked(month, table, today);
    }

    private List<Score> scores(Request request, Asked asked) {
        return query.scores(request.scope(), asked.table(), asked.month(), asked.today());
    }

    /** Those of one size, if one is asked for, and with a text in their name or code. */
    private List<Score> found(Request request, Asked asked) {
        List<String> sizes =
                Arrays.stream(Score.Size.values()).map(Score.Size::word).toList();
        Optional<String> size = Choice.of(request, "size_class", sizes);
        String text = Search.of(request).text().toLowerCase(Locale.ROOT);
        return scores(request, asked).stream()
                .filter(score -> size.isEmpty() || score.size().word().equals(size.get()))
                .filter(score -> score.firm().name().toLowerCase(Locale.ROOT).contains(text)
                        || score.firm().creditCode().toLowerCase(Locale.ROOT).contains(text))
                .toList();
    }

    private Answer list(Request request) {
        Asked asked = asked(request);
        List<Score> found = found(request, asked);
        Map<Score.Size, List<Score>> bySize = new EnumMap<>(Score.Size.class);
        for (Score.Size size : Score.Size.values()) {
            bySize.put(
                    size, found.stream().filter(score -> score.size() == size).toList());
        }
        return Answer.page(screens.render(
                "scores.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_SCORES),
                        "asked", asked,
                        "scores", bySize,
                        "search", Search.of(request).text(),
                        "export", request.with(Map.of()).replaceFirst("^[^?]*", ""))));
    }

    private Answer export(Request request) {
        Asked asked = asked(request);
        List<Score> found = found(request, asked);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-scores-" + asked.month(),
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> {
                            for (Score score : found) {
                                sink.row(
                                        t.term("SCORE_SIZE", score.size().word()),
                                        score.rank(),
                                        score.firm().name(),
                                        score.firm().creditCode(),
                                        score.elevators(),
                                        new BigDecimal(score.text()),
                                        score.letter());
                            }
                        })
                .answer(request);
    }

    private Score found(Request request, Asked asked, String creditCode) {
        return scores(request, asked).stream()
                .filter(score -> score.firm().creditCode().equals(creditCode))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private List<Traced> traced(Score score, Asked asked) {
        return score.lines().stream()
                .map(line -> new Traced(
                        line, query.events(score.firm(), line.item().measure(), asked.month(), asked.today())))
                .toList();
    }

    private Answer show(Request request) {
        Asked asked = asked(request);
        Score score = found(request, asked, request.parameter("firm"));
        return Answer.page(screens.render(
                "score.jte",
                Map.of(
                        "frame",
                        Frame.of(request, score.firm().name() + " · " + asked.month()),
                        "asked",
                        asked,
                        "score",
                        score,
                        "items",
                        traced(score, asked))));
    }

    private Map<String, Object> head(Asked asked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("month", asked.month().toString());
        json.put("over", asked.isOver());
        json.put("table", asked.table().name());
        json.put("version", asked.table().version());
        json.put("source", asked.table().source());
        json.put("mark", asked.table().mark().word());
        return json;
    }

    private Answer listJson(Request request) {
        Asked asked = asked(request);
        Map<String, Object> json = head(asked);
        json.put("items", found(request, asked).stream().map(Score::json).toList());
        return Answer.json(200, JSON.writeValueAsString(json));
    }

    private Answer showJson(Request request) {
        Asked asked = asked(request);
        Score score = found(request, asked, request.parameter("firm"));
        Map<String, Object> json = head(asked);
        json.putAll(score.json());
        json.put("base", asked.table().base());
        json.put("items", traced(score, asked).stream().map(Traced::json).toList());
        json.put(
                "not_measured",
                asked.table().notMeasured().stream()
                        .map(each -> Map.of(
                                "group",
                                each.group(),
                                "title",
                                each.title().en(),
                                "points",
                                each.points(),
                                "reason",
                                each.reason().en()))
                        .toList());
        return Answer.json(200, JSON.writeValueAsString(json));
    }
}
