package io.tean.simulators.city;

import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Writes what was inspected and submitted. Submissions are of the last two years, and of what an inspection body does. */
final class Inspections {
    private static final int SUBMISSION_DAYS = 730;
    private static final Set<String> WITHOUT_BODY = Set.of("SELF_TESTING", "YEARLY_CHECK");
    private static final List<String> STEPS = List.of("SUBMITTED", "ACCEPTED", "RETURNED");
    private static final String NONE = "";

    private final LocalDate day;
    private final Sheet inspections;
    private final Sheet submissions;
    private final Truth truth;
    private int number;

    Inspections(LocalDate day, Sheet inspections, Sheet submissions, Truth truth) {
        this.day = day;
        this.inspections = inspections;
        this.submissions = submissions;
        this.truth = truth;
    }

    /** @param grade safety grade, or nothing */
    record Subject(String code, String body, String kind, String grade) {}

    void done(Subject subject, LocalDate on, Dice dice) {
        number++;
        boolean byBody = !WITHOUT_BODY.contains(subject.kind());
        String conclusion = byBody && dice.chance(0.03) ? "PASS_ON_REINSPECTION" : "PASS";
        String report = "BG%d-%07d".formatted(on.getYear(), number);
        String body = byBody ? subject.body() : NONE;
        inspections.row(report, subject.code(), subject.kind(), on, conclusion, body, subject.grade());
        if (byBody && on.isAfter(day.minusDays(SUBMISSION_DAYS))) {
            LocalDate submitted = on.minusDays(dice.whole(20, 40));
            LocalDate accepted = submitted.plusDays(dice.whole(1, 5));
            LocalDate reported = on.plusDays(dice.whole(1, 9));
            submissions.row(
                    submissionNo(submitted),
                    subject.code(),
                    body,
                    subject.kind(),
                    submitted,
                    accepted,
                    on,
                    on,
                    reported.isAfter(day) ? day : reported,
                    conclusion,
                    report,
                    NONE,
                    NONE,
                    NONE);
        }
    }

    /** An inspection that is still to come, as far as it has been prepared on the day. */
    void planned(Subject subject, LocalDate on, Dice dice) {
        LocalDate submitted = on.minusDays(dice.whole(20, 40));
        LocalDate accepted = submitted.plusDays(dice.whole(1, 5));
        if (!submitted.isAfter(day)) {
            boolean isAccepted = !accepted.isAfter(day);
            open(subject, submitted, isAccepted ? accepted : NONE, isAccepted ? on : NONE, NONE, NONE);
        }
    }

    /** One that was missed, for the reason that the fate tells. */
    void missed(Subject subject, Fate fate, LocalDate dueOn, Dice dice) {
        truth.tell(
                "inspection-overdue",
                "equipment_code",
                subject.code(),
                "inspection_kind",
                subject.kind(),
                "due_on",
                dueOn,
                "days_overdue",
                day.toEpochDay() - dueOn.toEpochDay());
        LocalDate submitted = dueOn.minusDays(dice.whole(15, 35));
        LocalDate accepted = submitted.plusDays(dice.whole(1, 5));
        if (fate == Fate.INSPECTION_AGREED) {
            // In the month of the day, so that the month's rate tells of it; on the first of a month nothing has passed
            // yet.
            int passed = Math.min(8, day.getDayOfMonth() - 1);
            LocalDate agreed = passed == 0 ? dueOn.minusDays(dice.whole(1, 8)) : day.minusDays(dice.whole(1, passed));
            String submission = open(subject, submitted, accepted, agreed, NONE, NONE);
            truth.tell(
                    "agreed-not-inspected",
                    "equipment_code",
                    subject.code(),
                    "submission_no",
                    submission,
                    "agreed_on",
                    agreed);
        } else if (fate == Fate.INSPECTION_LATE) {
            String step = dice.pick(STEPS);
            boolean returned = step.equals("RETURNED");
            String submission = open(
                    subject,
                    submitted,
                    step.equals("ACCEPTED") ? accepted : NONE,
                    NONE,
                    returned ? accepted : NONE,
                    returned ? "资料不全" : NONE);
            truth.tell("submission-late", "equipment_code", subject.code(), "submission_no", submission, "step", step);
        } else {
            truth.tell("never-submitted", "equipment_code", subject.code(), "due_on", dueOn);
        }
    }

    private String open(
            Subject subject, LocalDate submitted, Object accepted, Object agreed, Object returned, String reason) {
        number++;
        String submission = submissionNo(submitted);
        submissions.row(
                submission,
                subject.code(),
                subject.body(),
                subject.kind(),
                submitted,
                accepted,
                agreed,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                returned,
                reason);
        return submission;
    }

    private String submissionNo(LocalDate submitted) {
        return "BJ%d-%07d".formatted(submitted.getYear(), number);
    }
}
