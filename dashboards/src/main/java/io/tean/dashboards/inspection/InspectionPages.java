package io.tean.dashboards.inspection;

import io.tean.dashboards.inspection.Rates.Dimension;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
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
import io.tean.dashboards.submission.Submission;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The two rates side by side, the machines behind their numbers, and what is missing to 100 %; for people and for programs. */
public final class InspectionPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> MACHINE_COLUMNS = List.of(
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.INSPECTION_CATEGORY,
            Word.EQUIPMENT_DIVISION,
            Word.INSPECTION_PLACE,
            Word.INSPECTION_USE_UNIT,
            Word.INSPECTION_BODY,
            Word.INSPECTION_DUE_ON,
            Word.INSPECTION_DAYS_LATE,
            Word.INSPECTION_BECAUSE,
            Word.INSPECTION_OPEN_SUBMISSION,
            Word.SUBMISSION_STATE);
    private static final List<Word> RATE_COLUMNS = List.of(
            Word.INSPECTION_SUBMITTED_BASE,
            Word.INSPECTION_SUBMITTED_FULFILLED,
            Word.INSPECTION_RATE_SUBMITTED,
            Word.INSPECTION_PERIODIC_BASE,
            Word.INSPECTION_PERIODIC_FULFILLED,
            Word.INSPECTION_RATE_PERIODIC);
    private static final List<Word> PART_COLUMNS = Stream.concat(
                    Stream.of(Word.INSPECTION_BY, Word.INSPECTION_PART), RATE_COLUMNS.stream())
            .toList();

    private final RateQuery rates;
    private final MachineQuery machines;
    private final PartyQuery parties;
    private final GapQuery gap;
    private final Screens screens;
    private final InstantSource clock;

    public InspectionPages(DataSource database, Screens screens, InstantSource clock) {
        this.rates = new RateQuery(database);
        this.machines = new MachineQuery(database);
        this.parties = new PartyQuery(database);
        this.gap = new GapQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.INSPECTION, this::show);
        handlers.put(Route.INSPECTION_EXPORT, this::exportParts);
        handlers.put(Route.INSPECTION_WORKBOOK, this::exportParts);
        handlers.put(Route.INSPECTION_USE_UNITS, request -> parties(request, Whose.USE_UNIT));
        handlers.put(Route.INSPECTION_USE_UNITS_EXPORT, request -> exportParties(request, Whose.USE_UNIT));
        handlers.put(Route.INSPECTION_USE_UNITS_WORKBOOK, request -> exportParties(request, Whose.USE_UNIT));
        handlers.put(Route.INSPECTION_FIRMS, request -> parties(request, Whose.FIRM));
        handlers.put(Route.INSPECTION_FIRMS_EXPORT, request -> exportParties(request, Whose.FIRM));
        handlers.put(Route.INSPECTION_FIRMS_WORKBOOK, request -> exportParties(request, Whose.FIRM));
        handlers.put(
                Route.API_INSPECTION_FIRMS,
                request -> json(listing(request, Whose.FIRM, today()).json(PartyRates::json)));
        handlers.put(
                Route.API_INSPECTION_USE_UNITS,
                request -> json(listing(request, Whose.USE_UNIT, today()).json(PartyRates::json)));
        handlers.put(Route.INSPECTION_MACHINES, this::machines);
        handlers.put(Route.INSPECTION_MACHINES_EXPORT, this::exportMachines);
        handlers.put(Route.INSPECTION_MACHINES_WORKBOOK, this::exportMachines);
        handlers.put(Route.INSPECTION_GAP, this::gap);
        handlers.put(Route.API_INSPECTION_RATES, request -> {
            List<String> words =
                    Arrays.stream(Dimension.values()).map(Dimension::word).toList();
            String by = Choice.of(request, "by", words).orElse(Dimension.DIVISION.word());
            return json(read(request).json(Dimension.valueOf(by.toUpperCase(Locale.ROOT))));
        });
        handlers.put(
                Route.API_INSPECTION_MACHINES, request -> json(listing(request).json(Machine::json)));
        return handlers;
    }

    private LocalDate today() {
        return Period.today(clock.instant());
    }

    private Rates read(Request request) {
        LocalDate today = today();
        return rates.rates(request.scope(), Period.of(request, today), today);
    }

    private Answer show(Request request) {
        return Answer.page(screens.render(
                "inspection.jte",
                Map.of("frame", Frame.of(request, Word.NAV_INSPECTION), "rates", read(request), "today", today())));
    }

    /** Every part by every dimension, in the order of the page. */
    private Answer exportParts(Request request) {
        Rates read = read(request);
        Tongue t = request.tongue();
        return sheet(request, "tean-inspection-" + read.period().day(), PART_COLUMNS, sink -> {
            for (Dimension dimension : Dimension.values()) {
                for (Rates.Part part : read.by(dimension)) {
                    String name = dimension == Dimension.CATEGORY ? t.term("CATEGORY", part.key()) : part.name();
                    sink.row(cells(
                            t.term("INSPECTION_PARTS", dimension.word()),
                            part.isUnknown() ? t.say(Word.INSPECTION_UNKNOWN) : name,
                            part.submitted(),
                            part.periodic()));
                }
            }
        });
    }

    private static Object[] cells(String first, String second, Fraction submitted, Fraction periodic) {
        return new Object[] {
            first,
            second,
            submitted.whole(),
            submitted.part(),
            submitted.text(),
            periodic.whole(),
            periodic.part(),
            periodic.text()
        };
    }

    private Listing<PartyRates> listing(Request request, Whose whose, LocalDate today) {
        return parties.list(
                whose,
                request.scope(),
                Period.of(request, today),
                Search.of(request),
                Paging.of(request, PartyQuery.SORTING),
                today);
    }

    private Answer parties(Request request, Whose whose) {
        LocalDate today = today();
        Listing<PartyRates> listing = listing(request, whose, today);
        return Answer.page(screens.render(
                "inspection-parties.jte",
                Map.of(
                        "frame",
                        Frame.of(request, whose.heading()),
                        "whose",
                        whose,
                        "table",
                        new Table(request, listing),
                        "parties",
                        listing.rows(),
                        "period",
                        Period.of(request, today),
                        "search",
                        Search.of(request).text())));
    }

    private Answer exportParties(Request request, Whose whose) {
        LocalDate today = today();
        Period period = Period.of(request, today);
        Search search = Search.of(request);
        Paging paging = Paging.of(request, PartyQuery.SORTING);
        return sheet(
                request,
                "tean-inspection-" + whose.filter().replace('_', '-') + "s",
                Stream.concat(Stream.of(whose.title(), Word.DEVICE_CREDIT_CODE), RATE_COLUMNS.stream())
                        .toList(),
                sink -> parties.export(
                        whose,
                        request.scope(),
                        period,
                        search,
                        paging,
                        today,
                        sink,
                        party -> cells(party.name(), party.creditCode(), party.submitted(), party.periodic())));
    }

    private Answer machines(Request request) {
        Listing<Machine> listing = listing(request);
        return Answer.page(screens.render(
                "inspection-machines.jte",
                Map.of(
                        "frame", Frame.of(request, Word.INSPECTION_MACHINES),
                        "table", new Table(request, listing),
                        "machines", listing.rows(),
                        "filter", MachineFilter.of(request, today()),
                        "sort", request.query("sort").orElse(""))));
    }

    private Listing<Machine> listing(Request request) {
        LocalDate today = today();
        MachineFilter filter = MachineFilter.of(request, today);
        return machines.list(request.scope(), filter, Paging.of(request, MachineQuery.sorting(filter)), today);
    }

    private Answer exportMachines(Request request) {
        LocalDate today = today();
        MachineFilter filter = MachineFilter.of(request, today);
        Paging paging = Paging.of(request, MachineQuery.sorting(filter));
        Tongue t = request.tongue();
        return sheet(
                request,
                "tean-inspection-machines",
                MACHINE_COLUMNS,
                sink -> machines.export(request.scope(), filter, paging, today, sink, machine -> cells(machine, t)));
    }

    private static Object[] cells(Machine machine, Tongue t) {
        return Stream.of(
                        machine.code(),
                        machine.name(),
                        t.term("CATEGORY", machine.category()),
                        machine.division(),
                        machine.place().orElse(""),
                        machine.useUnit().orElse(""),
                        machine.body().orElse(""),
                        machine.dueOn().map(LocalDate::toString).orElse(""),
                        machine.dueOn().isPresent() ? Math.max(0, machine.daysLate()) : "",
                        machine.because()
                                .map(because -> t.term("BECAUSE", because.word()))
                                .orElse(""),
                        machine.open().map(Machine.Open::no).orElse(""),
                        machine.open()
                                .map(open -> t.term("SUBMISSION_STEP", Submission.word(open.state())))
                                .orElse(""))
                .toArray();
    }

    private Answer gap(Request request) {
        LocalDate today = today();
        return Answer.page(screens.render(
                "inspection-gap.jte",
                Map.of(
                        "frame", Frame.of(request, Word.INSPECTION_GAP),
                        "gap", gap.gap(request.scope(), today),
                        "today", today)));
    }

    private static Answer sheet(Request request, String name, List<Word> columns, Sheet.Rows rows) {
        Tongue t = request.tongue();
        return new Sheet(name, columns.stream().map(t::say).toList(), rows).answer(request);
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}
