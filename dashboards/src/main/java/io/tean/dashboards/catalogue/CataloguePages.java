package io.tean.dashboards.catalogue;

import io.tean.core.alert.RuleBook;
import io.tean.core.regulation.RegulationTexts;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Table;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The alert rules, the regulation book and the recurring jobs, for people and for programs. */
public final class CataloguePages {
    private static final JsonMapper JSON = new JsonMapper();
    /** The words for the outside; the rows are in memory, so that there is no SQL behind them. */
    private static final Sorting RULES =
            new Sorting(Map.of("severity", "", "rule", "", "open", ""), "severity", "rule");

    private static final Sorting REGULATIONS = new Sorting(Map.of("code", "", "from", ""), "code", "code");
    private static final Comparator<RuleRow> BY_NAME =
            Comparator.comparing(row -> row.entry().name());
    private static final Comparator<RegulationRow> BY_CODE = Comparator.comparing(
                    (RegulationRow row) -> row.entry().code())
            .thenComparing(row -> row.entry().origin().from());

    private final RuleBook rules;
    private final RegulationTexts regulations;
    private final CatalogueQuery query;
    private final Screens screens;
    private final InstantSource clock;

    public CataloguePages(
            RuleBook rules, RegulationTexts regulations, DataSource database, Screens screens, InstantSource clock) {
        this.rules = rules;
        this.regulations = regulations;
        this.query = new CatalogueQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.ofEntries(
                Map.entry(Route.RULES, this::ruleList),
                Map.entry(Route.RULES_EXPORT, this::ruleExport),
                Map.entry(Route.RULES_WORKBOOK, this::ruleExport),
                Map.entry(Route.RULE, this::rule),
                Map.entry(Route.REGULATIONS, this::regulationList),
                Map.entry(Route.REGULATIONS_EXPORT, this::regulationExport),
                Map.entry(Route.REGULATIONS_WORKBOOK, this::regulationExport),
                Map.entry(Route.JOBS, this::jobs),
                Map.entry(
                        Route.API_RULES,
                        request -> json(page(request, RULES, ruleRows(request)).json(RuleRow::json))),
                Map.entry(Route.API_RULE, request -> json(found(request).jsonWithExamples())),
                Map.entry(
                        Route.API_REGULATIONS,
                        request -> json(page(request, REGULATIONS, regulationRows(request))
                                .json(RegulationRow::json))),
                Map.entry(Route.API_JOBS, request -> {
                    Instant now = clock.instant();
                    return json(Map.of(
                            "items",
                            query.jobs().stream().map(job -> job.json(now)).toList()));
                }));
    }

    private Answer ruleList(Request request) {
        Listing<RuleRow> listing = page(request, RULES, ruleRows(request));
        return Answer.page(screens.render(
                "rules.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_RULES),
                        "table", new Table(request, listing),
                        "rules", listing.rows(),
                        "q", Search.of(request).text())));
    }

    private Answer rule(Request request) {
        RuleRow row = found(request);
        return Answer.page(screens.render(
                "rule.jte",
                Map.of(
                        "frame",
                        Frame.of(request, request.tongue().say(row.entry().title())),
                        "row",
                        row)));
    }

    private Answer ruleExport(Request request) {
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-rules",
                        Stream.of(
                                        Word.RULE_NAME,
                                        Word.RULE_TITLE,
                                        Word.SEVERITY,
                                        Word.ALERT_ADVICE,
                                        Word.RULE_SOURCE,
                                        Word.RULE_CLAUSE,
                                        Word.RULE_MARK,
                                        Word.RULE_VERSION,
                                        Word.RULE_EFFECTIVE,
                                        Word.RULE_OPEN)
                                .map(t::say)
                                .toList(),
                        sink -> {
                            for (RuleRow row : ruleRows(request)) {
                                sink.row(cells(row, t));
                            }
                        })
                .answer(request);
    }

    private static Object[] cells(RuleRow row, Tongue t) {
        RuleBook.Origin origin = row.entry().origin();
        return new Object[] {
            row.entry().name(),
            t.say(row.entry().title()),
            t.term("SEVERITY", row.entry().weight().severity().name()),
            t.say(row.entry().advice()),
            origin.source(),
            t.say(origin.clause()),
            t.term("MARK", origin.mark().word()),
            origin.version(),
            origin.effective().toString(),
            row.open()
        };
    }

    private Answer regulationList(Request request) {
        Listing<RegulationRow> listing = page(request, REGULATIONS, regulationRows(request));
        return Answer.page(screens.render(
                "regulations.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_REGULATIONS),
                        "table", new Table(request, listing),
                        "regulations", listing.rows(),
                        "q", Search.of(request).text())));
    }

    private Answer regulationExport(Request request) {
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-regulations",
                        Stream.of(
                                        Word.REGULATION_CODE,
                                        Word.RULE_TITLE,
                                        Word.REGULATION_SAYS,
                                        Word.REGULATION_APPLIES,
                                        Word.RULE_CLAUSE,
                                        Word.RULE_SOURCE,
                                        Word.RULE_MARK,
                                        Word.RULE_VERSION,
                                        Word.REGULATION_FROM,
                                        Word.REGULATION_TO)
                                .map(t::say)
                                .toList(),
                        sink -> {
                            for (RegulationRow row : regulationRows(request)) {
                                sink.row(cells(row, t));
                            }
                        })
                .answer(request);
    }

    private static Object[] cells(RegulationRow row, Tongue t) {
        RegulationTexts.Origin origin = row.entry().origin();
        return new Object[] {
            row.entry().code(),
            t.say(row.entry().title()),
            t.say(row.entry().says()),
            t.say(row.entry().appliesTo()),
            t.say(origin.clause()),
            origin.source(),
            t.term("MARK", origin.mark().word()),
            origin.version(),
            origin.from().toString(),
            origin.to().map(LocalDate::toString).orElse("")
        };
    }

    private Answer jobs(Request request) {
        return Answer.page(screens.render(
                "jobs.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_JOBS),
                        "jobs", query.jobs(),
                        "now", clock.instant())));
    }

    /** In the order that is asked for. */
    private List<RuleRow> ruleRows(Request request) {
        Paging paging = Paging.of(request, RULES);
        Map<String, Long> open = query.openAlerts(request.scope());
        Comparator<RuleRow> order = switch (paging.sort()) {
            case "severity" -> Comparator.comparing(row -> row.entry().weight().severity());
            case "open" -> Comparator.comparingLong(RuleRow::open);
            default -> BY_NAME;
        };
        return ordered(
                rules.entries().stream()
                        .map(entry -> new RuleRow(entry, open.getOrDefault(entry.name(), 0L)))
                        .toList(),
                row -> row.has(Search.of(request)),
                paging.descending() ? order.reversed().thenComparing(BY_NAME) : order.thenComparing(BY_NAME));
    }

    private List<RegulationRow> regulationRows(Request request) {
        Paging paging = Paging.of(request, REGULATIONS);
        LocalDate today = Period.today(clock.instant());
        Comparator<RegulationRow> order = paging.sort().equals("from")
                ? Comparator.comparing(row -> row.entry().origin().from())
                : BY_CODE;
        return ordered(
                regulations.entries().stream()
                        .map(entry -> new RegulationRow(entry, entry.holdsOn(today)))
                        .toList(),
                row -> row.has(Search.of(request)),
                paging.descending() ? order.reversed().thenComparing(BY_CODE) : order.thenComparing(BY_CODE));
    }

    private static <T> List<T> ordered(List<T> all, Predicate<T> which, Comparator<T> order) {
        List<T> rows = new ArrayList<>(all);
        rows.removeIf(which.negate());
        rows.sort(order);
        return Collections.unmodifiableList(rows);
    }

    private static <T> Listing<T> page(Request request, Sorting sorting, List<T> rows) {
        Paging paging = Paging.of(request, sorting);
        int from = Math.min(rows.size(), (paging.page() - 1) * paging.size());
        return new Listing<>(rows.subList(from, Math.min(rows.size(), from + paging.size())), rows.size(), paging);
    }

    private RuleRow found(Request request) {
        String name = request.parameter("rule");
        RuleBook.Entry entry = rules.entries().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        return new RuleRow(entry, query.openAlerts(request.scope()).getOrDefault(name, 0L));
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}
