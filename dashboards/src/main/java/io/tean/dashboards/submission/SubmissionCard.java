package io.tean.dashboards.submission;

import io.tean.core.inspection.SubmissionStep;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All there is to see of one submission: every step that was ever entered, in order. */
public record SubmissionCard(Submission submission, List<Step> steps) {
    public SubmissionCard {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param addedBy who entered it; only the bureau is told
     */
    public record Step(
            SubmissionStep step,
            LocalDate on,
            Optional<LocalDate> agreedOn,
            Optional<String> conclusion,
            Optional<String> reportNo,
            Optional<String> reason,
            Optional<String> addedBy,
            Instant addedAt) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("step", Submission.word(step));
            json.put("on", on.toString());
            json.put("agreed_on", agreedOn.map(LocalDate::toString));
            json.put("conclusion", conclusion);
            json.put("report_no", reportNo);
            json.put("reason", reason);
            json.put("added_by", addedBy);
            json.put("added_at", addedAt);
            return json;
        }
    }

    /** How many days after the step before it a step was done. */
    public long daysTaken(int index) {
        return index == 0
                ? 0
                : ChronoUnit.DAYS.between(
                        steps.get(index - 1).on(), steps.get(index).on());
    }

    Map<String, Object> json(LocalDate today) {
        Map<String, Object> json = submission.json(today);
        json.put("steps", steps.stream().map(Step::json).toList());
        json.put("next_steps", submission.next().stream().map(Submission::word).toList());
        return json;
    }
}
