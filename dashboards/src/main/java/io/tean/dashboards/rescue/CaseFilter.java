package io.tean.dashboards.rescue;

import io.tean.core.rescue.CaseState;
import io.tean.dashboards.figures.CaseList;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which cases are asked for.
 *
 * @param state one of {@link #STATES}
 * @param level the highest that was started
 * @param division GB/T 2260, with all below it
 * @param machine its code
 * @param firm part of the name of a unit that was called
 * @param from first day of their opening, of China
 * @param to last day of their opening, of China
 * @param behind the number of the figures that they stand behind
 */
public record CaseFilter(
        Search search,
        String state,
        Optional<Integer> level,
        Optional<String> division,
        Optional<String> machine,
        Optional<Search> firm,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Behind behind) {
    /** All; live ones; released and not closed; one of their states. */
    public static final List<String> STATES = Stream.concat(
                    Stream.of("all", "live", "unclosed"),
                    Stream.of(CaseState.values()).map(CaseState::name))
            .toList();

    public static final List<String> LEVELS = List.of("0", "1", "2", "3");
    /** Of {@code rescue_case c}. */
    static final String IS_LIVE = "c.state NOT IN ('RELEASED', 'RATED', 'CLOSED')";

    static final Sorting SORTING = new Sorting(columns(), "-opened", "c.case_id");

    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("opened", "c.opened_at");
        columns.put("level", "c.level");
        columns.put("number", "c.case_id");
        return columns;
    }

    /** @throws Refusal when a value cannot be used */
    static CaseFilter of(Request request) {
        Optional<LocalDate> from = Day.asked(request, "from");
        Optional<LocalDate> to = Day.asked(request, "to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw Refusal.badParameter("to", "'" + to.get() + "' is before the first day, " + from.get());
        }
        Optional<String> division = Search.text(request, "division");
        division.filter(code -> !code.equals(CaseList.UNKNOWN)
                        && !DIVISION.matcher(code).matches())
                .ifPresent(code -> {
                    throw Refusal.badParameter("division", "'" + code + "' is no division code of six digits");
                });
        return new CaseFilter(
                Search.of(request),
                Choice.of(request, "state", STATES).orElse("all"),
                Choice.of(request, "level", LEVELS).map(Integer::valueOf),
                division,
                Search.text(request, "machine"),
                Behind.firm(request).isPresent()
                        ? Optional.empty()
                        : Search.text(request, "firm").map(Search::new),
                from,
                to,
                Behind.of(request));
    }

    /** Whether nobody has asked for anything in particular. */
    public boolean isStandard() {
        return equals(new CaseFilter(
                new Search(""),
                "all",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Behind.NOTHING));
    }

    /** Adds what {@code rescue_case c LEFT JOIN equipment e} is held to. */
    void narrow(Where where) {
        switch (state) {
            case "all" -> {}
            case "live" -> where.and(IS_LIVE);
            case "unclosed" -> where.and("c.state IN ('RELEASED', 'RATED')");
            default -> where.and("c.state = :state", "state", state);
        }
        level.ifPresent(number -> where.and("c.level = :level", "level", number));
        division.ifPresent(code -> {
            if (code.equals(CaseList.UNKNOWN)) {
                where.and("coalesce(c.division_code, '') = ''");
            } else {
                where.and("starts_with(c.division_code, :division)", "division", code.replaceFirst("(00){0,2}$", ""));
            }
        });
        behind.narrow(where);
        machine.ifPresent(code -> where.and(Machine.IS_ASKED_FOR, "equipment", code));
        firm.ifPresent(name -> where.and(
                "EXISTS (SELECT FROM rescue_dispatch f WHERE f.case_id = c.case_id AND f.unit ILIKE :firm)",
                "firm",
                name.pattern()));
        from.ifPresent(day -> where.and("c.opened_at >= :from", "from", Day.start(day)));
        to.ifPresent(day -> where.and("c.opened_at < :until", "until", Day.start(day.plusDays(1))));
        if (!search.isBlank()) {
            where.and("""
                    e.code ILIKE :q OR e.rescue_code ILIKE :q OR e.name ILIKE :q OR e.site_address ILIKE :q OR c.place ILIKE :q
                    OR c.caller_telephone ILIKE :q OR c.case_id::text = :number
                    """, Map.of("q", search.pattern(), "number", search.text()));
        }
    }
}
