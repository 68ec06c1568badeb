package io.tean.dashboards.maintenance;

import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
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
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The days in which nothing falls overdue: seen by whom they are about, set by the bureau. */
final class SuspensionPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String OPEN = "open";
    private static final String ALL = "all";

    private static final List<Word> COLUMNS = List.of(
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.SUSPENSION_DIVISION,
            Word.SUSPENSION_FIRST_DAY,
            Word.SUSPENSION_LAST_DAY,
            Word.SUSPENSION_STATE,
            Word.SUSPENSION_REASON,
            Word.SUSPENSION_ADDED_BY,
            Word.FIELD_ADDED_AT);

    private final SuspensionQuery query;
    private final MaintenanceDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;

    SuspensionPages(DataSource database, MaintenanceDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new SuspensionQuery(database);
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.SUSPENSIONS,
                request -> page(request, 200, SuspensionDraft.EMPTY, Map.of(), Optional.empty()),
                Route.SUSPENSIONS_EXPORT,
                this::export,
                Route.SUSPENSIONS_WORKBOOK,
                this::export,
                Route.SUSPENSION_ADD,
                this::add,
                Route.SUSPENSION_END,
                this::end,
                Route.API_SUSPENSIONS,
                request -> Answer.json(
                        200, JSON.writeValueAsString(listing(request).json(Suspension::json))));
    }

    private Answer add(Request request) {
        SuspensionDraft draft = new SuspensionDraft(
                request.field(SuspensionDraft.EQUIPMENT),
                request.field(SuspensionDraft.DIVISION),
                request.field(SuspensionDraft.FIRST_DAY),
                request.field(SuspensionDraft.LAST_DAY),
                request.field(SuspensionDraft.REASON));
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems());
        Optional<String> machine = draft.equipment().isEmpty() || problems.containsKey(SuspensionDraft.EQUIPMENT)
                ? Optional.empty()
                : query.machine(request.scope(), draft.equipment());
        if (machine.isEmpty() && !draft.equipment().isEmpty()) {
            problems.putIfAbsent(SuspensionDraft.EQUIPMENT, Word.MAINTENANCE_PROBLEM_UNKNOWN);
        }
        if (!draft.division().isEmpty()
                && !problems.containsKey(SuspensionDraft.DIVISION)
                && !query.covers(request.scope(), draft.division())) {
            problems.put(SuspensionDraft.DIVISION, Word.WRONG_DIVISION_FOREIGN);
        }
        if (!problems.isEmpty()) {
            return page(request, 422, draft, problems, Optional.empty());
        }
        LocalDate first = draft.first().orElseThrow();
        LocalDate last = draft.last().orElseThrow();
        Outcome outcome = machine.isPresent()
                ? decisions.suspendMachine(machine.get(), first, last, draft.reason(), request.actor())
                : decisions.suspendDivision(draft.division(), first, last, draft.reason(), request.actor());
        return switch (outcome) {
            case Outcome.Done ignored -> done("suspension-added");
            case Outcome.Refused(Problem problem) ->
                page(request, 409, draft, Map.of(), Word.of("MAINTENANCE_PROBLEM", problem.name()));
        };
    }

    private Answer end(Request request) {
        String number = request.parameter("suspension");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        Suspension suspension =
                query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
        Optional<LocalDate> lastDay = Day.read(request.field(SuspensionDraft.LAST_DAY));
        if (lastDay.isEmpty()) {
            return page(request, 422, SuspensionDraft.EMPTY, Map.of(), Optional.of(Word.WRONG_DAY));
        }
        if (lastDay.get().isAfter(suspension.lastDay())) {
            return page(request, 422, SuspensionDraft.EMPTY, Map.of(), Optional.of(Word.WRONG_SUSPENSION_LATER));
        }
        Optional<String> reason = Optional.of(
                        request.field(SuspensionDraft.REASON).strip())
                .filter(text -> !SuspensionDraft.isNoReason(text));
        return switch (decisions.endSuspension(suspension.id(), lastDay.get(), reason, request.actor())) {
            case Outcome.Done ignored -> done("suspension-ended");
            case Outcome.Refused(Problem problem) ->
                page(request, 409, SuspensionDraft.EMPTY, Map.of(), Word.of("MAINTENANCE_PROBLEM", problem.name()));
        };
    }

    private static Answer done(String what) {
        return Answer.seeOther(Address.of(Route.SUSPENSIONS.path(), Map.of("done", what)));
    }

    private Answer page(
            Request request, int status, SuspensionDraft draft, Map<String, Word> problems, Optional<Word> refused) {
        Listing<Suspension> listing = listing(request);
        Frame frame = Frame.of(request, Word.MAINTENANCE_SUSPENSIONS);
        return Answer.page(
                status,
                screens.render(
                        "suspensions.jte",
                        Map.of(
                                "frame",
                                status == 200 ? frame : frame.ofChange(),
                                "table",
                                new Table(request, listing),
                                "suspensions",
                                listing.rows(),
                                "all",
                                state(request).equals(ALL),
                                "draft",
                                draft,
                                "problems",
                                problems,
                                "refused",
                                refused,
                                "decides",
                                Route.SUSPENSION_ADD.isFor(request.viewer()),
                                "today",
                                Day.today(clock))));
    }

    private Listing<Suspension> listing(Request request) {
        return query.list(request.scope(), notOverOn(request), Paging.of(request, SuspensionQuery.SORTING));
    }

    private Answer export(Request request) {
        Paging paging = Paging.of(request, SuspensionQuery.SORTING);
        Optional<LocalDate> notOver = notOverOn(request);
        LocalDate today = Day.today(clock);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-maintenance-suspensions",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(
                                request.scope(), notOver, paging, sink, suspension -> cells(suspension, today, t)))
                .answer(request);
    }

    private static Object[] cells(Suspension suspension, LocalDate today, Tongue t) {
        return new Object[] {
            suspension.machine().map(Machine::code).orElse(""),
            suspension.machine().map(Machine::name).orElse(""),
            suspension.division().orElse(""),
            suspension.firstDay(),
            suspension.lastDay(),
            t.term("SUSPENSION_STATE", suspension.phase(today).name()),
            suspension.reason(),
            suspension.addedBy(),
            t.time(suspension.addedAt())
        };
    }

    private Optional<LocalDate> notOverOn(Request request) {
        return Optional.of(Day.today(clock)).filter(today -> !state(request).equals(ALL));
    }

    private static String state(Request request) {
        String state = request.query("state").orElse(OPEN);
        if (!state.equals(OPEN) && !state.equals(ALL)) {
            throw Refusal.badParameter("state", "'" + state + "' is none of open, all");
        }
        return state;
    }
}
