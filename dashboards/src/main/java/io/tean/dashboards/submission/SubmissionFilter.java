package io.tean.dashboards.submission;

import io.tean.core.inspection.SubmissionStep;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which submissions are asked for.
 *
 * @param state {@value #OPEN}, {@value #ALL}, or the word of one step
 * @param firm credit code of who maintains the machines under a contract on the last day of the period
 * @param counted how they stand to the rate in the period; of these, all states
 */
public record SubmissionFilter(
        Period period,
        String state,
        Optional<Counted> counted,
        Optional<Boolean> late,
        Optional<Owed> owed,
        Optional<String> division,
        Optional<String> category,
        Optional<String> body,
        Optional<String> useUnit,
        Optional<String> firm,
        Search search) {
    public static final String OPEN = "open";
    static final String ALL = "all";
    private static final String UNKNOWN = "none";

    /** @throws Refusal when a value cannot be used */
    static SubmissionFilter of(Request request, LocalDate today) {
        List<String> counts = Arrays.stream(Counted.values()).map(Counted::word).toList();
        Optional<Counted> counted = Choice.of(request, "counted", counts).flatMap(Counted::of);
        return new SubmissionFilter(
                Period.of(request, today),
                Choice.of(request, "state", states()).orElse(counted.isPresent() ? ALL : OPEN),
                counted,
                Choice.of(request, "late", List.of("yes", "no")).map("yes"::equals),
                Choice.of(request, "owed", List.of("use-unit", "body", "bureau"))
                        .flatMap(Owed::of),
                Search.text(request, "division"),
                Search.text(request, "category"),
                Search.text(request, "body"),
                Search.text(request, "use_unit"),
                Search.text(request, "firm"),
                Search.of(request));
    }

    /** What is open now. */
    static SubmissionFilter open(Period period) {
        return new SubmissionFilter(
                period,
                OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Search(""));
    }

    /** The words to choose from, the standard first. */
    public static List<String> states() {
        return Stream.concat(
                        Stream.concat(
                                Stream.of(OPEN),
                                Arrays.stream(SubmissionStep.values()).map(Submission::word)),
                        Stream.of(ALL))
                .toList();
    }

    boolean isOfOpen() {
        return state.equals(OPEN);
    }

    /** What it is held to beside what its form asks for, by parameter. */
    public Map<String, String> held() {
        Map<String, String> held = new LinkedHashMap<>();
        counted.ifPresent(which -> held.put("counted", which.word()));
        division.ifPresent(code -> held.put("division", code));
        category.ifPresent(code -> held.put("category", code));
        body.ifPresent(code -> held.put("body", code));
        useUnit.ifPresent(code -> held.put("use_unit", code));
        firm.ifPresent(code -> held.put("firm", code));
        owed.ifPresent(who -> held.put("owed", who.word()));
        return held;
    }

    /** SQL of rows with an {@code equipment_id}: the firm {@code :firm} has the contract of the machine on the day. */
    public static String underContract(String alias, String day) {
        return """
                %1$s.equipment_id IN (SELECT t.equipment_id FROM contract t JOIN organisation f ON f.organisation_id = t.firm_id
                                      WHERE f.credit_code = :firm AND t.from_on <= %2$s AND t.until_on > %2$s)""".formatted(alias, day);
    }

    /** Adds what the list of {@code submission s} JOIN {@code equipment e} is held to. */
    void narrow(Where where, LocalDate today) {
        switch (state) {
            case ALL -> {}
            case OPEN -> where.and(SubmissionQuery.OPEN);
            default ->
                where.and(
                        "s.state = :state",
                        "state",
                        Submission.step(state).map(SubmissionStep::name).orElse(""));
        }
        counted.ifPresent(which -> where.and(which.condition(), which.bindings(period)));
        late.ifPresent(yes -> where.and(
                SubmissionQuery.OPEN
                        + (yes
                                ? " AND s.next_due_on < :today"
                                : " AND (s.next_due_on IS NULL OR s.next_due_on >= :today)"),
                "today",
                today));
        owed.ifPresent(who -> where.and(Owed.SQL + " = :owed", "owed", who.word()));
        division.ifPresent(
                code -> where.and("s.division_code = :division", "division", code.equals(UNKNOWN) ? "" : code));
        category.ifPresent(code -> where.and("s.category = :category", "category", code));
        body.ifPresent(code -> {
            if (code.equals(UNKNOWN)) {
                where.and("s.body_id IS NULL");
            } else {
                where.and(
                        "s.body_id = (SELECT organisation_id FROM organisation WHERE credit_code = :body)",
                        "body",
                        code);
            }
        });
        useUnit.ifPresent(code -> where.and(
                "s.use_unit_id = (SELECT organisation_id FROM organisation WHERE credit_code = :use_unit)",
                "use_unit",
                code));
        firm.ifPresent(
                code -> where.and(underContract("s", ":firm_day"), Map.of("firm", code, "firm_day", period.day())));
        if (!search.isBlank()) {
            where.and("s.submission_no ILIKE :q OR e.code ILIKE :q OR e.name ILIKE :q", "q", search.pattern());
        }
    }
}
