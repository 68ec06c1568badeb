package io.tean.dashboards.submission;

import io.tean.core.inspection.SubmissionStep;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A submission for inspection with the newest of each step.
 *
 * @param state its newest step
 * @param kind such as PERIODIC_INSPECTION
 * @param nextDueOn until when its next step must be done, and {@code nextRule} by which entry of the regulation book
 */
public record Submission(
        long id,
        String no,
        String kind,
        SubmissionStep state,
        Owed owed,
        Equipment equipment,
        Optional<String> useUnit,
        Optional<String> body,
        Days days,
        Optional<String> conclusion,
        Optional<String> reportNo,
        Optional<String> reason,
        Optional<LocalDate> nextDueOn,
        Optional<String> nextRule) {

    /** What is to be inspected. */
    public record Equipment(String code, String name, String category, String division) {}

    /** When what was done; of the newest, where it was done again. */
    public record Days(
            LocalDate submitted,
            Optional<LocalDate> accepted,
            Optional<LocalDate> agreed,
            Optional<LocalDate> inspected,
            Optional<LocalDate> reported,
            Optional<LocalDate> ended) {}

    /** As in addresses and in the API, such as {@code report-issued}. */
    public static String word(SubmissionStep step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SubmissionStep> step(String word) {
        for (SubmissionStep step : SubmissionStep.values()) {
            if (word(step).equals(word)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    public boolean isOpen() {
        return owed != Owed.NOBODY;
    }

    /** How many days the next step is late; nought while it is not. */
    public long daysLate(LocalDate today) {
        return nextDueOn
                .filter(due -> isOpen())
                .map(due -> Math.max(0, ChronoUnit.DAYS.between(due, today)))
                .orElse(0L);
    }

    /** What may come next: behind a report only where it was not a pass. */
    public Set<SubmissionStep> next() {
        return isOpen() ? state.next() : EnumSet.noneOf(SubmissionStep.class);
    }

    Map<String, Object> json(LocalDate today) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("submission_no", no);
        json.put("kind", kind);
        json.put("state", word(state));
        json.put("next_step_owed_by", owed == Owed.NOBODY ? Optional.empty() : owed.word());
        json.put("equipment_code", equipment.code());
        json.put("name", equipment.name());
        json.put("category", equipment.category());
        json.put("division_code", equipment.division().isEmpty() ? Optional.empty() : equipment.division());
        json.put("use_unit", useUnit);
        json.put("inspection_body", body);
        json.put("submitted_on", days.submitted().toString());
        json.put("accepted_on", days.accepted().map(LocalDate::toString));
        json.put("agreed_on", days.agreed().map(LocalDate::toString));
        json.put("inspected_on", days.inspected().map(LocalDate::toString));
        json.put("reported_on", days.reported().map(LocalDate::toString));
        json.put("ended_on", days.ended().map(LocalDate::toString));
        json.put("conclusion", conclusion);
        json.put("report_no", reportNo);
        json.put("reason", reason);
        json.put("next_due_on", nextDueOn.map(LocalDate::toString));
        json.put("next_rule", nextRule);
        json.put("days_late", daysLate(today));
        return json;
    }
}
