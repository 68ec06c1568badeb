package io.tean.dashboards.inspection;

import io.tean.dashboards.inspection.Rates.Part;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.submission.SubmissionFilter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which machines are asked for: those behind a number.
 *
 * @param in one of {@link #GROUPS}
 * @param because of the excluded ones, why
 * @param firm credit code of who maintains them under a contract on the day
 * @param submitted whether something is submitted for it now and not finished
 */
public record MachineFilter(
        LocalDate day,
        String in,
        Optional<Because> because,
        Optional<Boolean> submitted,
        Optional<String> division,
        Optional<String> category,
        Optional<String> body,
        Optional<String> useUnit,
        Optional<String> firm,
        Search search) {
    static final String MISSING = "missing";
    static final String EXCLUDED = "excluded";
    /** Outside their validity; inside; both together; not counted. */
    public static final List<String> GROUPS = List.of(MISSING, "inside", "counted", EXCLUDED);

    /** @throws Refusal when a value cannot be used */
    static MachineFilter of(Request request, LocalDate today) {
        List<String> reasons =
                Arrays.stream(Because.values()).map(Because::word).toList();
        return new MachineFilter(
                Period.of(request, today).day(),
                Choice.of(request, "in", GROUPS).orElse(MISSING),
                Choice.of(request, "because", reasons).flatMap(Because::of),
                Choice.of(request, "submitted", List.of("yes", "no")).map("yes"::equals),
                Search.text(request, "division"),
                Search.text(request, "category"),
                Search.text(request, "body"),
                Search.text(request, "use_unit"),
                Search.text(request, "firm"),
                Search.of(request));
    }

    public boolean isOfExcluded() {
        return in.equals(EXCLUDED);
    }

    /** What it is held to beside what its form asks for, by parameter. */
    public Map<String, String> held() {
        Map<String, String> held = new LinkedHashMap<>();
        division.ifPresent(code -> held.put("division", code));
        category.ifPresent(code -> held.put("category", code));
        body.ifPresent(code -> held.put("body", code));
        useUnit.ifPresent(code -> held.put("use_unit", code));
        firm.ifPresent(code -> held.put("firm", code));
        submitted.ifPresent(yes -> held.put("submitted", yes ? "yes" : "no"));
        return held;
    }

    /** Whether it asks for no less than the kept sums of a day, by division and category, have. */
    boolean isInSums() {
        return in.equals(MISSING)
                && body.isEmpty()
                && useUnit.isEmpty()
                && firm.isEmpty()
                && submitted.isEmpty()
                && search.isBlank();
    }

    /** Adds what the list of machines {@code d} JOIN {@code equipment e} is held to, beside its group. */
    void narrow(Where where, String openSubmission) {
        division.ifPresent(code -> where.and(
                "coalesce(d.division_code, '') = :division", "division", code.equals(Part.UNKNOWN) ? "" : code));
        category.ifPresent(code -> where.and("d.category = :category", "category", code));
        body.ifPresent(code -> {
            if (code.equals(Part.UNKNOWN)) {
                where.and("coalesce(d.body_id, 0) = 0");
            } else {
                where.and(
                        "d.body_id = (SELECT organisation_id FROM organisation WHERE credit_code = :body)",
                        "body",
                        code);
            }
        });
        useUnit.ifPresent(code -> where.and(
                "d.use_unit_id = (SELECT organisation_id FROM organisation WHERE credit_code = :use_unit)",
                "use_unit",
                code));
        firm.ifPresent(code -> where.and(SubmissionFilter.underContract("d", ":day"), "firm", code));
        submitted.ifPresent(yes -> where.and((yes ? "EXISTS (" : "NOT EXISTS (") + openSubmission + ")"));
        if (!search.isBlank()) {
            where.and("e.code ILIKE :q OR e.name ILIKE :q", "q", search.pattern());
        }
    }
}
