package io.tean.dashboards.inspection;

import io.tean.dashboards.list.Listing;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.submission.Owed;
import io.tean.dashboards.submission.Submission;
import java.util.List;
import java.util.Map;

/**
 * What stands between today and 100 %.
 *
 * @param submissions the first of those that are open, the latest first
 * @param machines the first of those outside their validity that nobody submitted, the latest first
 */
public record Gap(
        Listing<Submission> submissions, Listing<Machine> machines, List<Debt> steps, List<Debt> unsubmitted) {
    public Gap {
        steps = List.copyOf(steps);
        unsubmitted = List.copyOf(unsubmitted);
    }

    /**
     * What one party owes.
     *
     * @param owed the word of what sort of party it is
     * @param creditCode blank for the bureau, and where nobody is known
     * @param late how many of them are past their day
     */
    public record Debt(String owed, String creditCode, String name, long number, long late) {
        /** Where they are listed: submissions, or machines that nobody submitted. */
        public String address(boolean ofSubmissions) {
            String party = owed.equals(Owed.BODY.word()) ? "body" : "use_unit";
            return ofSubmissions
                    ? Address.of(Route.INSPECTION_SUBMISSIONS.path(), Map.of("owed", owed, party, creditCode))
                    : Address.of(
                            Route.INSPECTION_MACHINES.path(),
                            Map.of("in", MachineFilter.MISSING, "submitted", "no", party, creditCode));
        }
    }
}
