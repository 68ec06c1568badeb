package io.tean.register.inspection;

import io.tean.core.inspection.SubmissionStep;
import io.tean.register.due.WorkingDays;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Until when the next step of a submission must be done; limits in working days, from the regulation book.
 *
 * @param agree from the submission until a day is agreed
 * @param visit from the acceptance until the inspection on site
 * @param report from the inspection until the report
 */
public record Deadlines(Limit agree, Limit visit, Limit report) {

    /** @param rule code of the entry of the book */
    public record Limit(String rule, int workingDays) {
        Next after(LocalDate day) {
            return new Next(WorkingDays.add(day, workingDays), rule);
        }
    }

    /** What is due next. */
    public record Next(LocalDate dueOn, String rule) {}

    /**
     * Empty when nothing is due any more.
     *
     * @param step the newest one
     * @param on the day of the newest step
     * @param submittedOn when it was submitted last
     * @param agreedOn the agreed day, which counts when it is later than the limit of the visit
     */
    Optional<Next> next(
            SubmissionStep step,
            LocalDate on,
            LocalDate submittedOn,
            Optional<LocalDate> acceptedOn,
            Optional<LocalDate> agreedOn) {
        return switch (step) {
            case SUBMITTED, ACCEPTED -> Optional.of(agree.after(submittedOn));
            case APPOINTED -> {
                Next visitDue = visit.after(acceptedOn.orElse(on));
                yield Optional.of(agreedOn.filter(day -> day.isAfter(visitDue.dueOn()))
                        .map(day -> new Next(day, visitDue.rule()))
                        .orElse(visitDue));
            }
            case INSPECTED, REINSPECTION -> Optional.of(report.after(on));
            case RETURNED, REFUSED, REPORT_ISSUED, CORRECTION -> Optional.empty();
        };
    }
}
