package io.tean.dashboards.inspection;

import io.tean.core.inspection.SubmissionStep;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A machine as an inspection rate sees it on a day.
 *
 * @param dueOn the last day of its validity; none when it is not counted
 * @param daysLate on the day; nought or less while it is inside
 * @param because why it is not counted
 * @param open what is submitted for it now and not finished
 */
public record Machine(
        String code,
        String name,
        String category,
        String division,
        Optional<String> place,
        Optional<String> useUnit,
        Optional<String> body,
        Optional<LocalDate> dueOn,
        Optional<String> rule,
        long daysLate,
        Optional<Because> because,
        Optional<Open> open) {

    /** A submission that goes on. */
    public record Open(String no, SubmissionStep state) {}

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("equipment_code", code);
        json.put("name", name);
        json.put("category", category);
        json.put("division_code", division.isEmpty() ? Optional.empty() : division);
        json.put("place", place);
        json.put("use_unit", useUnit);
        json.put("inspection_body", body);
        json.put("due_on", dueOn.map(LocalDate::toString));
        json.put("rule", rule);
        json.put("days_late", dueOn.isPresent() ? Optional.of(Math.max(0, daysLate)) : Optional.empty());
        json.put("excluded_because", because.map(Because::word));
        json.put(
                "open_submission",
                open.map(submission -> Map.of(
                        "submission_no",
                        submission.no(),
                        "state",
                        submission.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))));
        return json;
    }
}
