package io.tean.dashboards.visit;

import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.maintenance.SuspensionDraft;
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
import java.time.Instant;
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

/** The visits and each visit, for people; what they may change about them. */
public final class VisitPages {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final List<Word> COLUMNS = List.of(
            Word.VISIT_CHECK_OUT,
            Word.VISIT_CHECK_IN,
            Word.VISIT_NO,
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.EQUIPMENT_DIVISION,
            Word.DUE_FIRM,
            Word.VISIT_LEVEL,
            Word.VISIT_KIND,
            Word.VISIT_WORKERS,
            Word.VISIT_STATE,
            Word.VISIT_CHECKS,
            Word.VISIT_CONFIRMED);

    private final VisitQuery query;
    private final MaintenanceDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;

    public VisitPages(DataSource database, MaintenanceDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new VisitQuery(database);
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.VISITS, this::list);
        handlers.put(Route.VISITS_EXPORT, this::export);
        handlers.put(Route.VISITS_WORKBOOK, this::export);
        handlers.put(Route.VISIT, request -> page(request, 200, found(request), Optional.empty()));
        handlers.put(Route.VISIT_DECIDE, this::decide);
        handlers.put(Route.VISIT_CONFIRM, this::confirm);
        handlers.put(Route.VISIT_NEW, this::fresh);
        handlers.put(Route.VISIT_ADD, this::add);
        handlers.put(Route.VISIT_CORRECT, this::correct);
        handlers.put(Route.VISIT_SUPERSEDE, this::supersede);
        handlers.putAll(new VisitApi(query, decisions, clock).handlers());
        return handlers;
    }

    private Answer list(Request request) {
        Listing<Visit> listing = listing(query, request);
        return Answer.page(screens.render(
                "visits.jte",
                Map.of(
                        "frame", Frame.of(request, Word.MAINTENANCE_VISITS),
                        "table", new Table(request, listing),
                        "visits", listing.rows(),
                        "filter", VisitFilter.of(request),
                        "sort", request.query("sort").orElse(""),
                        "records", Route.VISIT_NEW.isFor(request.viewer()))));
    }

    private Answer export(Request request) {
        VisitFilter filter = VisitFilter.of(request);
        Paging paging = Paging.of(request, VisitQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-visits",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, visit -> cells(visit, t)))
                .answer(request);
    }

    private static Object[] cells(Visit visit, Tongue t) {
        return Stream.of(
                        t.time(visit.checkOutAt()),
                        visit.checkInAt().map(t::time).orElse(""),
                        visit.visitNo(),
                        visit.machine().map(Machine::code).orElse(""),
                        visit.machine().map(Machine::name).orElse(""),
                        visit.machine().flatMap(Machine::division).orElse(""),
                        visit.firmName(),
                        t.term("VISIT_LEVEL", visit.level()),
                        visit.kind().map(kind -> t.term("VISIT_KIND", kind)).orElse(""),
                        String.join(" ", visit.workers()),
                        t.term("VISIT_STATE", visit.state().word()),
                        visit.checks().stream()
                                .map(check -> t.term("EVIDENCE", check))
                                .collect(Collectors.joining("; ")),
                        visit.confirmedAt().map(t::time).orElse(""))
                .toArray();
    }

    private Answer decide(Request request) {
        VisitCard card = found(request);
        String decision = request.field("decision");
        String reason = request.field("reason").strip();
        if (!decision.equals("accept") && !decision.equals("reject")) {
            return page(request, 422, card, Optional.of(Word.WRONG_CHOICE));
        }
        if (SuspensionDraft.isNoReason(reason)) {
            return page(request, 422, card, Optional.of(Word.WRONG_REASON));
        }
        return after(
                request,
                card,
                decisions.decide(card.visit().id(), decision.equals("accept"), reason, request.actor()),
                "visit-decided");
    }

    private Answer confirm(Request request) {
        VisitCard card = found(request);
        return after(request, card, decisions.confirm(card.visit().id(), request.actor()), "visit-confirmed");
    }

    private Answer after(Request request, VisitCard before, Outcome outcome, String done) {
        return switch (outcome) {
            case Outcome.Done ignored -> done(before.visit().id(), done);
            case Outcome.Refused(Problem problem) ->
                page(request, 409, found(request), Word.of("MAINTENANCE_PROBLEM", problem.name()));
        };
    }

    private Answer fresh(Request request) {
        String equipment = Search.text(request, "equipment").orElse("");
        VisitDraft draft = new VisitDraft(Map.of(VisitDraft.EQUIPMENT, equipment));
        return form(request, 200, draft, Map.of(), Optional.empty());
    }

    private Answer add(Request request) {
        VisitDraft draft = VisitDraft.typed(request);
        Map<String, Word> problems = new LinkedHashMap<>();
        Optional<String> machine = machine(query, request, draft, clock.instant());
        if (machine.isEmpty()) {
            problems.put(VisitDraft.EQUIPMENT, Word.WRONG_VISIT_EQUIPMENT);
        }
        problems.putAll(draft.problems(clock.instant()));
        if (!problems.isEmpty()) {
            return form(request, 422, draft, problems, Optional.empty());
        }
        return switch (decisions.add(
                machine.orElseThrow(), draft.record(query.creditCode(firm(request))), request.actor())) {
            case Outcome.Done(long id) -> done(id, "visit-added");
            case Outcome.Refused(Problem problem) -> form(request, 409, draft, problems(problem), Optional.empty());
        };
    }

    private Answer correct(Request request) {
        VisitCard card = own(query, request);
        return form(request, 200, VisitDraft.of(card), Map.of(), Optional.of(card));
    }

    private Answer supersede(Request request) {
        VisitCard card = own(query, request);
        VisitDraft draft = VisitDraft.typed(request);
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems(clock.instant()));
        String reason = draft.value(VisitDraft.REASON);
        if (SuspensionDraft.isNoReason(reason)) {
            problems.put(VisitDraft.REASON, Word.WRONG_REASON);
        }
        if (!problems.isEmpty()) {
            return form(request, 422, draft, problems, Optional.of(card));
        }
        return switch (decisions.supersede(
                card.visit().id(), draft.record(card.visit().firmCode()), reason, request.actor())) {
            case Outcome.Done(long id) -> done(id, "visit-superseded");
            case Outcome.Refused(Problem problem) -> form(request, 409, draft, problems(problem), Optional.of(card));
        };
    }

    /** What the ledger did not like, beside the field that says which visit it is. */
    private static Map<String, Word> problems(Problem problem) {
        return Map.of(
                VisitDraft.VISIT_NO,
                Word.of("MAINTENANCE_PROBLEM", problem.name()).orElse(Word.ERROR_409));
    }

    private static Answer done(long record, String what) {
        return Answer.seeOther(Address.of(Route.VISIT.path(record), Map.of("done", what)));
    }

    private Answer page(Request request, int status, VisitCard card, Optional<Word> refused) {
        Frame frame = Frame.of(
                request, request.tongue().say(Word.VISIT) + " " + card.visit().visitNo());
        boolean own = card.origin().firmId().isPresent()
                && request.scope()
                        .equals(new Scope.Organisation(card.origin().firmId().getAsInt()));
        return Answer.page(
                status,
                screens.render(
                        "visit.jte",
                        Map.of(
                                "frame",
                                status == 200 ? frame : frame.ofChange(),
                                "card",
                                card,
                                "refused",
                                refused,
                                "decides",
                                Route.VISIT_DECIDE.isFor(request.viewer()),
                                "confirms",
                                Route.VISIT_CONFIRM.isFor(request.viewer()),
                                "corrects",
                                own && Route.VISIT_CORRECT.isFor(request.viewer()))));
    }

    private Answer form(
            Request request, int status, VisitDraft draft, Map<String, Word> problems, Optional<VisitCard> superseded) {
        Word title = superseded.isPresent() ? Word.VISIT_CORRECT : Word.VISIT_NEW;
        Frame frame = Frame.of(request, title);
        return Answer.page(
                status,
                screens.render(
                        "visit-form.jte",
                        Map.of(
                                "frame", status == 200 ? frame : frame.ofChange(),
                                "title", title,
                                "draft", draft,
                                "problems", problems,
                                "superseded", superseded.map(VisitCard::visit))));
    }

    private VisitCard found(Request request) {
        return found(query, request);
    }

    static Listing<Visit> listing(VisitQuery query, Request request) {
        return query.list(request.scope(), VisitFilter.of(request), Paging.of(request, VisitQuery.SORTING));
    }

    /** The record of the path, within the viewer's scope. */
    static VisitCard found(VisitQuery query, Request request) {
        String number = request.parameter("record");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }

    /** The record of the path, when it is the viewer's own: of a visit of its own machine by another firm it may not say what it was. */
    static VisitCard own(VisitQuery query, Request request) {
        VisitCard card = found(query, request);
        if (card.origin().firmId().orElse(0) != firm(request)) {
            throw Refusal.of(Refusal.Reason.NOT_ALLOWED, "only the firm whose visit it was may supersede its record");
        }
        return card;
    }

    /** The registered code of the machine that a draft names, when the viewer's firm maintains it on the day of the visit. */
    static Optional<String> machine(VisitQuery query, Request request, VisitDraft draft, Instant now) {
        String code = draft.value(VisitDraft.EQUIPMENT);
        if (code.isEmpty() || code.length() > 100 || SuspensionDraft.isUnfit(code)) {
            return Optional.empty();
        }
        Instant at = draft.time(VisitDraft.CHECK_OUT).orElse(now);
        return query.contracted(firm(request), code, at.atZone(Day.CHINA).toLocalDate());
    }

    static int firm(Request request) {
        if (request.scope() instanceof Scope.Organisation(int id)) {
            return id;
        }
        throw new IllegalStateException(request.viewer().account() + " is a firm without an organisation");
    }
}
