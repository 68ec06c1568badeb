package io.tean.dashboards.silence;

import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.AlertDecisions.SilenceDraft;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The list of silences, and the form that adds one, for people and for programs. */
public final class SilencePages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tongue PROGRAMS = new Tongue(Language.EN);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final String STANDING = "standing";
    private static final String ALL = "all";

    private final SilenceQuery query;
    private final AlertDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;

    public SilencePages(DataSource database, AlertDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new SilenceQuery(database);
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.SILENCES, request -> page(request, 200, SilenceForm.EMPTY, Map.of(), Optional.empty()),
                Route.SILENCE_ADD, this::add,
                Route.SILENCE_END, this::end,
                Route.API_SILENCES, request -> json(200, listing(request).json(Silence::json)),
                Route.API_SILENCE_ADD, this::addForProgram,
                Route.API_SILENCE_END, this::endForProgram);
    }

    /** What comes of a form: problems, or a draft without any. */
    private sealed interface Checked {
        record Wrong(Map<String, Word> problems) implements Checked {}

        record Right(SilenceDraft draft) implements Checked {}
    }

    private Checked check(Request request, SilenceForm form) {
        Instant now = clock.instant();
        Map<String, Word> problems = new LinkedHashMap<>(form.problems(now, query.rules()));
        Optional<Integer> machine =
                form.given(SilenceForm.EQUIPMENT).flatMap(code -> query.machine(request.scope(), code));
        Optional<Integer> useUnit =
                form.given(SilenceForm.USE_UNIT).flatMap(code -> query.useUnit(request.scope(), code));
        Optional<String> division = form.given(SilenceForm.DIVISION);
        if (form.given(SilenceForm.EQUIPMENT).isPresent() && machine.isEmpty()) {
            problems.putIfAbsent(SilenceForm.EQUIPMENT, Word.WRONG_SILENCE_EQUIPMENT);
        }
        if (form.given(SilenceForm.USE_UNIT).isPresent() && useUnit.isEmpty()) {
            problems.putIfAbsent(SilenceForm.USE_UNIT, Word.WRONG_SILENCE_USE_UNIT);
        }
        if (division.filter(code -> !query.covers(request.scope(), code)).isPresent()) {
            problems.putIfAbsent(SilenceForm.DIVISION, Word.WRONG_DIVISION_FOREIGN);
        }
        return problems.isEmpty()
                ? new Checked.Right(new SilenceDraft(
                        machine,
                        useUnit,
                        division,
                        form.given(SilenceForm.RULE),
                        form.value(SilenceForm.REASON),
                        form.from(now).orElseThrow(),
                        form.until().orElseThrow()))
                : new Checked.Wrong(problems);
    }

    private Answer add(Request request) {
        SilenceForm form = SilenceForm.typed(request);
        return switch (check(request, form)) {
            case Checked.Wrong(Map<String, Word> problems) -> page(request, 422, form, problems, Optional.empty());
            case Checked.Right(SilenceDraft draft) -> {
                try {
                    decisions.silence(draft, request.actor());
                } catch (IllegalArgumentException e) {
                    // The register or the rules have changed between our look and the port's.
                    yield page(request, 409, form, Map.of(), Optional.of(String.valueOf(e.getMessage())));
                }
                // From the page of an alert it goes back to there.
                String alert = request.field("alert");
                String back = NUMBER.matcher(alert).matches() ? Route.ALERT.path(alert) : Route.SILENCES.path();
                yield Answer.seeOther(Address.of(back, Map.of("done", "silence-added")));
            }
        };
    }

    private Answer addForProgram(Request request) {
        SilenceForm form = SilenceForm.sent(JsonBody.of(request, SilenceForm.apiFields()));
        return switch (check(request, form)) {
            case Checked.Wrong(Map<String, Word> problems) -> {
                Map<String, String> said = new LinkedHashMap<>();
                problems.forEach((field, problem) -> said.put(SilenceForm.ofApi(field), PROGRAMS.say(problem)));
                throw Refusal.wrongFields(said);
            }
            case Checked.Right(SilenceDraft draft) -> {
                long id;
                try {
                    id = decisions.silence(draft, request.actor());
                } catch (IllegalArgumentException e) {
                    throw Refusal.of(Refusal.Reason.CONFLICT, String.valueOf(e.getMessage()));
                }
                yield json(201, Map.of("silence_id", id));
            }
        };
    }

    private Answer end(Request request) {
        Silence silence = found(request);
        return decisions.endSilence(silence.id(), request.actor())
                ? Answer.seeOther(Address.of(Route.SILENCES.path(), Map.of("done", "silence-ended")))
                : page(
                        request,
                        409,
                        SilenceForm.EMPTY,
                        Map.of(),
                        Optional.of(request.tongue().say(Word.SILENCE_OVER_ALREADY)));
    }

    private Answer endForProgram(Request request) {
        JsonBody.none(request);
        Silence silence = found(request);
        if (!decisions.endSilence(silence.id(), request.actor())) {
            throw Refusal.of(
                    Refusal.Reason.CONFLICT,
                    "silence " + silence.id() + ": " + PROGRAMS.say(Word.SILENCE_OVER_ALREADY));
        }
        return json(200, found(request).json());
    }

    private Silence found(Request request) {
        String number = request.parameter("silence");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }

    private Answer page(
            Request request, int status, SilenceForm form, Map<String, Word> problems, Optional<String> refused) {
        Listing<Silence> listing = listing(request);
        Frame frame = Frame.of(request, Word.SILENCES);
        boolean decides = Route.SILENCE_ADD.isFor(request.viewer());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", status == 200 ? frame : frame.ofChange());
        parameters.put("table", new Table(request, listing));
        parameters.put("silences", listing.rows());
        parameters.put("all", isAll(request));
        parameters.put("form", form);
        parameters.put("rules", decides ? query.rules() : List.<RuleName>of());
        parameters.put("problems", problems);
        parameters.put("refused", refused.orElse(""));
        parameters.put("decides", decides);
        return Answer.page(status, screens.render("silences.jte", parameters));
    }

    private Listing<Silence> listing(Request request) {
        return query.list(request.scope(), isAll(request), Paging.of(request, SilenceQuery.SORTING));
    }

    private static boolean isAll(Request request) {
        return Choice.of(request, "state", List.of(STANDING, ALL))
                .filter(ALL::equals)
                .isPresent();
    }

    private static Answer json(int status, Map<String, ?> body) {
        return Answer.json(status, JSON.writeValueAsString(body));
    }
}
