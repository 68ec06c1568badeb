package io.tean.register;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.MachineDuties;
import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.intake.FileIntake;
import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.reading.InTransactionStep;
import io.tean.register.desk.EquipmentDesk;
import io.tean.register.desk.IntakeDesk;
import io.tean.register.duty.DutyDesk;
import io.tean.register.duty.DutyKeeper;
import io.tean.register.inspection.InspectionLedger;
import io.tean.register.inspection.OpenSubmissions;
import io.tean.register.intake.AfterIntake;
import io.tean.register.intake.Imports;
import io.tean.register.landing.CylinderDue;
import io.tean.register.landing.Landings;
import io.tean.register.maintenance.MaintenanceLedger;
import io.tean.register.maintenance.VisitJudge;
import io.tean.register.maintenance.VisitStep;
import io.tean.register.regulation.RegulationBook;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The register with its ledgers and the keeper of the duties, wired in the order in which data flows. */
public final class Register implements AutoCloseable {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Imports imports;
    private final List<InTransactionStep> steps;
    private final IntakeDesk intake;
    private final EquipmentDesk equipment;
    private final MaintenanceLedger maintenance;
    private final InspectionLedger inspection;
    private final DutyDesk duties;
    private final Law law;

    /**
     * @param database at least three connections
     * @param book as loaded
     */
    public Register(DataSource database, RegulationBook book, MeterRegistry meters, InstantSource clock) {
        law = Law.of(book, LocalDate.ofInstant(clock.instant(), CHINA));
        CylinderDue cylinders = (type, medium, madeOn, lastInspectedOn) -> {
            var due = law.cylinders()
                    .of(
                            type,
                            medium,
                            madeOn,
                            lastInspectedOn,
                            Optional.empty(),
                            LocalDate.ofInstant(clock.instant(), CHINA));
            return due.inspectionDueOn()
                    .map(on -> new CylinderDue.Due(on, due.rule().orElseThrow()));
        };
        VisitJudge judge = new VisitJudge(law.evidence(), meters);
        OpenSubmissions submissions = new OpenSubmissions(law.deadlines());
        AfterIntake after = (transaction, kind, importId) -> {
            switch (kind) {
                case "visits" -> judge.judgeTaken(transaction);
                case "submissions" -> submissions.setDeadlines(transaction);
                default -> {
                    // What is due follows from the rows themselves.
                }
            }
        };
        imports = new Imports(database, clock, Landings.all(cylinders), after);
        steps = List.of(new VisitStep(judge, meters));
        intake = new IntakeDesk(imports);
        equipment = new EquipmentDesk(database, imports);
        maintenance = new MaintenanceLedger(database, judge, clock);
        inspection = new InspectionLedger(database, law.deadlines(), clock);
        duties = new DutyDesk(database, book);
    }

    /** What the register does in the transaction of the readings, in this order. */
    public List<InTransactionStep> steps() {
        return steps;
    }

    /**
     * What a running service does and a command does not: it keeps the duties, and says of broken imports that they are over.
     *
     * @param pool of its own, with one connection
     */
    public DutyKeeper keepDuties(DataSource pool, MeterRegistry meters) {
        intake.open();
        return DutyKeeper.start(pool, law.dueDates(), meters);
    }

    /**
     * Computes the duties of all machines that were noted, for a command that has no service beside it.
     *
     * @return of how many machines
     */
    public long workOffDuties(DataSource pool) {
        try {
            return DutyKeeper.workOff(pool, law.dueDates());
        } catch (SQLException e) {
            throw new RegisterException("cannot compute the duties: " + e.getMessage(), e);
        }
    }

    public Imports imports() {
        return imports;
    }

    public FileIntake intake() {
        return intake;
    }

    public EquipmentDecisions equipment() {
        return equipment;
    }

    public MachineDuties duties() {
        return duties;
    }

    public MaintenanceDecisions maintenance() {
        return maintenance;
    }

    public InspectionDecisions inspection() {
        return inspection;
    }

    @Override
    public void close() {
        intake.close();
    }
}
