package io.tean.dashboards.submission;

import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.inspection.InspectionDecisions.Problem;
import io.tean.core.inspection.SubmissionStep;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step as somebody typed it in: nothing of it is believed yet. */
public record StepDraft(String step, String on, String agreedOn, String conclusion, String reportNo, String reason) {
    public static final String STEP = "step";
    public static final String ON = "on";
    public static final String AGREED_ON = "agreed-on";
    public static final String CONCLUSION = "conclusion";
    public static final String REPORT_NO = "report-no";
    public static final String REASON = "reason";
    public static final List<String> CONCLUSIONS =
            List.of("PASS", "FAIL", "PASS_ON_REINSPECTION", "FAIL_ON_REINSPECTION");

    public StepDraft {
        step = step.strip();
        on = on.strip();
        agreedOn = agreedOn.strip();
        conclusion = conclusion.strip();
        reportNo = reportNo.strip();
        reason = reason.strip();
    }

    static StepDraft blank(SubmissionStep step, String today) {
        return new StepDraft(Submission.word(step), today, "", "", "", "");
    }

    /** What its fields are called, in their order on the page. */
    public static Map<String, Word> labels() {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(STEP, Word.SUBMISSION_NEXT);
        labels.put(ON, Word.STEP_ON);
        labels.put(AGREED_ON, Word.SUBMISSION_AGREED_ON);
        labels.put(CONCLUSION, Word.SUBMISSION_CONCLUSION);
        labels.put(REPORT_NO, Word.SUBMISSION_REPORT_NO);
        labels.put(REASON, Word.SUBMISSION_REASON);
        return labels;
    }

    /** The step, where there is such a one. */
    public Optional<SubmissionStep> known() {
        return Submission.step(step);
    }

    /** Whether the step needs to be told this field. */
    public boolean needs(String field) {
        return known().map(known -> switch (known) {
                    case APPOINTED -> field.equals(AGREED_ON);
                    case REPORT_ISSUED -> field.equals(CONCLUSION) || field.equals(REPORT_NO);
                    case REFUSED, RETURNED -> field.equals(REASON);
                    case SUBMITTED, ACCEPTED, INSPECTED, CORRECTION, REINSPECTION -> false;
                })
                .orElse(false);
    }

    /** What is wrong with it, by field, for a submission as it stands. */
    Map<String, Word> problems(Submission submission) {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (known().filter(submission.next()::contains).isEmpty()) {
            problems.put(STEP, Word.WRONG_STEP);
            return problems;
        }
        if (Period.read(on).isEmpty()) {
            problems.put(ON, Word.WRONG_INSPECTION_DAY);
        }
        if (needs(AGREED_ON) && Period.read(agreedOn).isEmpty()) {
            problems.put(AGREED_ON, Word.WRONG_INSPECTION_DAY);
        }
        if (needs(CONCLUSION) && !CONCLUSIONS.contains(conclusion)) {
            problems.put(CONCLUSION, Word.WRONG_CONCLUSION);
        }
        if (needs(REPORT_NO) && (reportNo.isEmpty() || !SubmissionDraft.isText(reportNo))) {
            problems.put(REPORT_NO, Word.WRONG_REPORT_NO);
        }
        if (needs(REASON) && (reason.isEmpty() || !SubmissionDraft.isText(reason))) {
            problems.put(REASON, Word.WRONG_STEP_REASON);
        }
        return problems;
    }

    /** Of a draft without problems; what the step does not need is left out. */
    InspectionDecisions.Step complete() {
        return new InspectionDecisions.Step(
                known().orElseThrow(),
                Period.read(on).orElseThrow(),
                needs(AGREED_ON) ? Period.read(agreedOn) : Optional.empty(),
                needs(CONCLUSION) ? Optional.of(conclusion) : Optional.empty(),
                needs(REPORT_NO) ? Optional.of(reportNo) : Optional.empty(),
                needs(REASON) ? Optional.of(reason) : Optional.empty());
    }

    /** Beside which field a refusal of the ledger stands. */
    Map<String, Word> refused(Problem problem) {
        return switch (problem) {
            case WRONG_DAY -> Map.of(ON, Word.WRONG_STEP_DAY);
            case INCOMPLETE -> Map.of(STEP, Word.WRONG_STEP_INCOMPLETE);
            case SUBMITTED_ALREADY -> Map.of(REPORT_NO, Word.WRONG_REPORT_TAKEN);
            case UNKNOWN, NOT_NOW, NOT_TO_BE_FROZEN -> Map.of(STEP, Word.WRONG_STEP);
        };
    }
}
