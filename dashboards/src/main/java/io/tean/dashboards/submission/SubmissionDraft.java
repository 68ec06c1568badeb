package io.tean.dashboards.submission;

import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.inspection.InspectionDecisions.Problem;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.screen.Word;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A submission as somebody typed it in: nothing of it is believed yet.
 *
 * @param body credit code; blank for none
 */
public record SubmissionDraft(String no, String equipment, String body, String kind, String on) {
    public static final String NO = "submission-no";
    public static final String EQUIPMENT = "equipment-code";
    public static final String BODY = "body";
    public static final String KIND = "kind";
    public static final String ON = "submitted-on";
    private static final int LONGEST_NO = 60;

    public SubmissionDraft {
        no = no.strip();
        equipment = equipment.strip();
        body = body.strip();
        kind = kind.strip();
        on = on.strip();
    }

    /** What its fields are called, in their order on the page. */
    public static Map<String, Word> labels() {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(NO, Word.SUBMISSION_NO);
        labels.put(EQUIPMENT, Word.EQUIPMENT_CODE);
        labels.put(BODY, Word.INSPECTION_BODY_CODE);
        labels.put(KIND, Word.SUBMISSION_KIND);
        labels.put(ON, Word.SUBMISSION_ON);
        return labels;
    }

    /** What may be submitted, as in the ledger. */
    public static List<String> kinds() {
        return List.of(
                "PERIODIC_INSPECTION",
                "SUPERVISION_INSPECTION",
                "FIRST_INSPECTION",
                "EXTERNAL",
                "INTERNAL",
                "HYDROSTATIC_TEST",
                "YEARLY_CHECK",
                "SELF_TESTING");
    }

    /** What is wrong with it by itself, by field. */
    Map<String, Word> problems() {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (no.isEmpty() || no.length() > LONGEST_NO || no.equals("new") || !isText(no)) {
            problems.put(NO, Word.WRONG_SUBMISSION_NO);
        }
        if (equipment.isEmpty() || !isText(equipment)) {
            problems.put(EQUIPMENT, Word.WRONG_SUBMISSION_EQUIPMENT);
        }
        if (!isText(body)) {
            problems.put(BODY, Word.WRONG_SUBMISSION_BODY);
        }
        if (!kinds().contains(kind)) {
            problems.put(KIND, Word.WRONG_SUBMISSION_KIND);
        }
        if (Period.read(on).isEmpty()) {
            problems.put(ON, Word.WRONG_INSPECTION_DAY);
        }
        return problems;
    }

    /** Of a draft without problems. */
    InspectionDecisions.Submission submission() {
        return new InspectionDecisions.Submission(
                no, equipment, Optional.of(body).filter(code -> !code.isEmpty()), kind, day());
    }

    private LocalDate day() {
        return Period.read(on).orElseThrow(() -> new IllegalStateException("'" + on + "' is no day: ask problems()"));
    }

    /** Beside which field a refusal of the ledger stands. */
    static Map<String, Word> refused(Problem problem) {
        return switch (problem) {
            case UNKNOWN -> Map.of(EQUIPMENT, Word.WRONG_SUBMISSION_EQUIPMENT);
            case SUBMITTED_ALREADY -> Map.of(NO, Word.WRONG_SUBMISSION_TAKEN);
            case WRONG_DAY -> Map.of(ON, Word.WRONG_SUBMISSION_DAY);
            case NOT_NOW, INCOMPLETE, NOT_TO_BE_FROZEN -> Map.of(KIND, Word.WRONG_SUBMISSION_KIND);
        };
    }

    static boolean isText(String text) {
        return text.length() <= 200 && text.codePoints().noneMatch(SubmissionDraft::isNoCharacter);
    }

    private static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
