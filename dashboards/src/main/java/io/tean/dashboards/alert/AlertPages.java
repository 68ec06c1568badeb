package io.tean.dashboards.alert;

import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.AlertStep;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.alert.AlertSteps.Said;
import io.tean.dashboards.alert.AlertSteps.Step;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import io.tean.dashboards.silence.SilencePages;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The list of alerts, each alert, and the steps about one. */
public final class AlertPages {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    /** More than anybody can hear apart. */
    private static final int MOST_ALARMS = 100;

    private static final List<Word> COLUMNS = List.of(
            Word.ALERT_NUMBER,
            Word.SEVERITY,
            Word.ALERT_TITLE,
            Word.ALERT_RULE,
            Word.ALERT_SUBJECT_KIND,
            Word.ALERT_SUBJECT,
            Word.ALERT_MACHINE_NAME,
            Word.ALERT_PLACE,
            Word.EQUIPMENT_DIVISION,
            Word.ALERT_STATE,
            Word.ALERT_FIRST_SEEN,
            Word.ALERT_LAST_SEEN,
            Word.ALERT_FINDINGS,
            Word.ALERT_MARKS);

    private final AlertQuery query;
    private final AlertSteps steps;
    private final AlertApi api;
    private final SilencePages silences;
    private final StreamCatalogue streams;
    private final Screens screens;

    public AlertPages(
            DataSource database,
            AlertDecisions decisions,
            StreamCatalogue streams,
            Screens screens,
            InstantSource clock) {
        this.query = new AlertQuery(database, streams);
        this.steps = new AlertSteps(query, decisions, clock);
        this.api = new AlertApi(query, steps);
        this.silences = new SilencePages(database, decisions, screens, clock);
        this.streams = streams;
        this.screens = screens;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.ALERTS, this::list);
        handlers.put(Route.ALERTS_EXPORT, this::export);
        handlers.put(Route.ALERTS_WORKBOOK, this::export);
        handlers.put(Route.ALERT, request -> page(request, 200, found(query, request), Map.of(), Optional.empty()));
        handlers.put(Route.ALERT_ACKNOWLEDGE, request -> take(request, Step.ACKNOWLEDGE, "alert-acknowledged"));
        handlers.put(Route.ALERT_CLOSE, request -> take(request, Step.CLOSE, "alert-closed"));
        handlers.put(Route.ALERT_END_OF_ALARM, request -> take(request, Step.END_OF_ALARM, "alarm-ended"));
        handlers.putAll(api.handlers());
        handlers.putAll(silences.handlers());
        return handlers;
    }

    private Answer list(Request request) {
        AlertFilter filter = AlertFilter.of(request);
        Paging paging = Paging.of(request, filter.sorting());
        Optional<String> by = Choice.of(request, "group", Group.WAYS);
        Listing<Alert> alerts =
                by.isEmpty() ? query.list(request.scope(), filter, paging) : new Listing<>(List.of(), 0, paging);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", Frame.of(request, Word.NAV_ALERTS));
        parameters.put("request", request);
        parameters.put("table", new Table(request, alerts));
        parameters.put("alerts", alerts.rows());
        parameters.put("by", by.orElse(""));
        parameters.put(
                "groups",
                by.map(way -> query.groups(request.scope(), filter, way)).orElse(List.of()));
        parameters.put("filter", filter);
        parameters.put("rules", query.rules());
        parameters.put("alarms", String.join(" ", query.alarms(request.scope(), MOST_ALARMS)));
        parameters.put("sort", request.query("sort").orElse(""));
        return Answer.page(screens.render("alerts.jte", parameters));
    }

    private Answer export(Request request) {
        AlertFilter filter = AlertFilter.of(request);
        Paging paging = Paging.of(request, filter.sorting());
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-alerts",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, alert -> cells(alert, t)))
                .answer(request);
    }

    /** In the order of {@link #COLUMNS}. */
    private static Object[] cells(Alert alert, Tongue t) {
        Optional<Machine> machine = alert.subject().machine();
        return Stream.of(
                        alert.id(),
                        t.term("SEVERITY", alert.severity().name()),
                        alert.title(t),
                        alert.rule(),
                        t.term("ALERT_KIND", alert.subject().kind()),
                        alert.subject().isOther()
                                ? alert.subject().name()
                                : alert.subject().code(),
                        machine.map(Machine::name).orElse(""),
                        machine.flatMap(Machine::place).orElse(""),
                        alert.subject().division().orElse(""),
                        t.term("ALERT_STATE", alert.standing()),
                        t.time(alert.seen().first()),
                        t.time(alert.seen().last()),
                        alert.seen().findings(),
                        alert.marks().stream().map(t::say).collect(Collectors.joining(" ")))
                .toArray();
    }

    private Answer take(Request request, Step step, String done) {
        AlertCard card = found(query, request);
        Said said = Said.typed(request);
        Map<String, Word> problems = step.problems(said);
        if (!problems.isEmpty()) {
            return page(request, 422, card, problems, Optional.empty());
        }
        Optional<Word> refused = AlertSteps.refusal(steps.take(request, card.alert(), step, said));
        if (refused.isPresent()) {
            return page(request, 409, found(query, request), Map.of(), refused);
        }
        return Answer.seeOther(Address.of(Route.ALERT.path(card.alert().id()), Map.of("done", done)));
    }

    private Answer page(
            Request request, int status, AlertCard card, Map<String, Word> problems, Optional<Word> refused) {
        Alert alert = card.alert();
        Tongue t = request.tongue();
        String address = Route.ALERT.path(alert.id());
        // The answer to a step stands at an address that cannot be fetched; its links lead to the alert itself.
        Frame frame = new Frame(
                t,
                alert.title(t) + " · " + alert.subject().code() + " · " + t.say(Word.TEAN),
                request.visitor(),
                Route.ALERT,
                request.csrf(),
                Address.of(address, Map.of("lang", t.language().other().word())),
                request.query("done").flatMap(Word::done));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", frame);
        parameters.put("card", card);
        parameters.put("address", address);
        parameters.put("streams", streams);
        parameters.put("note", request.field(AlertSteps.NOTE));
        parameters.put("cause", request.field(AlertSteps.CAUSE));
        parameters.put("causes", AlertSteps.CAUSES);
        parameters.put("problems", problems);
        parameters.put("refused", refused.map(t::say).orElse(""));
        parameters.put("may", may(request, alert));
        return Answer.page(status, screens.render("alert.jte", parameters));
    }

    /** The steps whose form the page shows. */
    public record May(boolean acknowledge, boolean close, boolean endAlarm, boolean silence) {}

    private May may(Request request, Alert alert) {
        boolean its = steps.isFor(request, alert);
        return new May(
                its && Route.ALERT_ACKNOWLEDGE.isFor(request.viewer()) && alert.allows(AlertStep.ACKNOWLEDGE),
                its && Route.ALERT_CLOSE.isFor(request.viewer()) && alert.allows(AlertStep.CLOSE),
                its && Route.ALERT_END_OF_ALARM.isFor(request.viewer()) && alert.allows(AlertStep.END_OF_ALARM),
                Route.SILENCE_ADD.isFor(request.viewer())
                        && alert.subject().machine().isPresent()
                        && alert.quiet().silence().isEmpty()
                        && (alert.allows(AlertStep.CLOSE) || alert.allows(AlertStep.END_OF_ALARM)));
    }

    /** The alert of the path, within the viewer's scope. */
    static AlertCard found(AlertQuery query, Request request) {
        String number = request.parameter("alert");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }
}
