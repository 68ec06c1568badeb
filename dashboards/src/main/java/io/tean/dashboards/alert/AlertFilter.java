package io.tean.dashboards.alert;

import io.tean.core.alert.Severity;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which alerts are asked for.
 *
 * @param state one of {@link #STATES}
 * @param quiet whether they are silenced or muted
 * @param division GB/T 2260, with all below it; {@link #NONE} for those of none
 * @param site where the machine stands, the very text; {@link #NONE} for those of none
 * @param from first day of their opening, of China
 * @param to last day of their opening, of China
 */
public record AlertFilter(
        Search search,
        String state,
        Optional<Severity> severity,
        Optional<String> rule,
        Optional<String> category,
        Optional<String> division,
        Optional<String> site,
        Optional<Boolean> quiet,
        Optional<LocalDate> from,
        Optional<LocalDate> to) {
    static final String UNHANDLED = "unhandled";
    static final String NONE = "-";
    /** All that are not closed; one of their states; closed ones; everything. */
    public static final List<String> STATES = List.of(UNHANDLED, "open", "acknowledged", "cleared", "closed", "all");

    /** Of those that are not closed. */
    static final Sorting OPEN_SORTING = new Sorting(columns(), "severity", "a.activated_at DESC, a.alert_id");
    /** Of those that may be closed: there are too many to order them by how bad they were unless somebody asks for it. */
    static final Sorting PAST_SORTING = new Sorting(columns(), "-opened", "a.alert_id");

    private static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Severity::name).toList();
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}|-");

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("severity", "a.severity_rank");
        columns.put("first-seen", "a.first_seen");
        columns.put("last-seen", "a.last_seen");
        columns.put("findings", "a.findings");
        columns.put("opened", "a.opened_at");
        return columns;
    }

    /** @throws Refusal when a value cannot be used */
    static AlertFilter of(Request request) {
        Optional<LocalDate> from = Day.asked(request, "from");
        Optional<LocalDate> to = Day.asked(request, "to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw Refusal.badParameter("to", "'" + to.get() + "' is before the first day, " + from.get());
        }
        return new AlertFilter(
                Search.of(request),
                Choice.of(request, "state", STATES).orElse(UNHANDLED),
                Choice.of(request, "severity", SEVERITIES).map(Severity::valueOf),
                Search.text(request, "rule"),
                Search.text(request, "category"),
                Search.text(request, "division").map(AlertFilter::division),
                request.query("site").map(AlertFilter::site),
                Choice.of(request, "quiet", List.of("yes", "no")).map("yes"::equals),
                from,
                to);
    }

    private static String division(String code) {
        if (!DIVISION.matcher(code).matches()) {
            throw Refusal.badParameter("division", "'" + code + "' is no division code of six digits");
        }
        return code;
    }

    private static String site(String text) {
        if (text.length() > 500 || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.badParameter("site", "it must be at most 500 characters, none of them a control character");
        }
        return text;
    }

    /** Whether nobody has asked for anything in particular. */
    public boolean isStandard() {
        return search.isBlank()
                && state.equals(UNHANDLED)
                && severity.isEmpty()
                && rule.isEmpty()
                && category.isEmpty()
                && division.isEmpty()
                && site.isEmpty()
                && quiet.isEmpty()
                && from.isEmpty()
                && to.isEmpty();
    }

    Sorting sorting() {
        return state.equals("closed") || state.equals("all") ? PAST_SORTING : OPEN_SORTING;
    }

    /** Adds what {@code alert a LEFT JOIN equipment e} is held to. */
    void narrow(Where where) {
        switch (state) {
            case "all" -> {}
            case "closed" -> where.and("a.state = 'closed'");
            case "open", "acknowledged" -> where.and("a.state <> 'closed' AND a.state = :state", "state", state);
            case "cleared" -> where.and("a.state <> 'closed' AND a.cleared_at IS NOT NULL");
            default -> where.and("a.state <> 'closed'");
        }
        severity.ifPresent(word -> where.and("a.severity_rank = :rank", "rank", SEVERITIES.indexOf(word.name())));
        rule.ifPresent(name -> where.and("a.rule = :rule", "rule", name));
        category.ifPresent(code -> where.and("e.category = :category", "category", code));
        division.ifPresent(code -> {
            if (code.equals(NONE)) {
                where.and(AlertQuery.DIVISION + " IS NULL");
            } else {
                where.and(
                        "starts_with(" + AlertQuery.DIVISION + ", :division)",
                        "division",
                        code.replaceFirst("(00){0,2}$", ""));
            }
        });
        site.ifPresent(text -> {
            if (text.equals(NONE)) {
                where.and("e.site_address IS NULL");
            } else {
                where.and("e.site_address = :site", "site", text);
            }
        });
        quiet.ifPresent(yes -> where.and(yes ? AlertQuery.IS_QUIET : "NOT " + AlertQuery.IS_QUIET));
        from.ifPresent(day -> where.and("a.opened_at >= :from", "from", Day.start(day)));
        to.ifPresent(day -> where.and("a.opened_at < :until", "until", Day.start(day.plusDays(1))));
        if (!search.isBlank()) {
            where.and("""
                    e.code ILIKE :q OR e.rescue_code ILIKE :q OR e.name ILIKE :q
                    OR (a.subject_kind <> 'MACHINE' AND a.subject ILIKE :q)
                    """, "q", search.pattern());
        }
    }
}
