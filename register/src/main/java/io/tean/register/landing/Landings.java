package io.tean.register.landing;

import io.tean.register.intake.Landing;
import java.util.List;

/** All that can be imported. */
public final class Landings {
    private Landings() {}

    /** In the order in which one needs the other. */
    public static List<Landing> all(CylinderDue due) {
        return List.of(
                new OrganisationLanding(),
                new EquipmentLanding(),
                new ContractLanding(),
                new OperatorLanding(),
                new CylinderLanding(due),
                new StateLanding(),
                new PlanLanding(),
                new SuspensionLanding(),
                new InspectionLanding(),
                new VisitLanding(),
                new SubmissionLanding());
    }
}
