package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.maintenance.VisitRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was asked of the maintenance ledger, and answers as a test wants it. */
public final class RecordedMaintenance implements MaintenanceDecisions {
    private final List<String> made = new CopyOnWriteArrayList<>();
    private final List<VisitRecord> visits = new CopyOnWriteArrayList<>();
    private volatile Outcome answer = new Outcome.Done(1);

    @Override
    public Outcome add(String equipmentCode, VisitRecord visit, Actor actor) {
        visits.add(visit);
        return note("add " + visit.visitNo() + " of " + equipmentCode, actor);
    }

    @Override
    public Outcome supersede(long recordId, VisitRecord visit, String reason, Actor actor) {
        visits.add(visit);
        return note("supersede " + recordId + " with " + visit.visitNo() + " because " + reason, actor);
    }

    @Override
    public Outcome decide(long recordId, boolean accepted, String reason, Actor actor) {
        return note((accepted ? "accept " : "reject ") + recordId + " because " + reason, actor);
    }

    @Override
    public Outcome confirm(long recordId, Actor actor) {
        return note("confirm " + recordId, actor);
    }

    @Override
    public Outcome suspendDivision(
            String divisionCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor) {
        return note(
                "suspend division " + divisionCode + " " + firstDay + " to " + lastDay + " because " + reason, actor);
    }

    @Override
    public Outcome suspendMachine(
            String equipmentCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor) {
        return note(
                "suspend machine " + equipmentCode + " " + firstDay + " to " + lastDay + " because " + reason, actor);
    }

    @Override
    public Outcome endSuspension(long suspensionId, LocalDate lastDay, Optional<String> reason, Actor actor) {
        return note(
                "end suspension " + suspensionId + " on " + lastDay + " because " + reason.orElse("nothing"), actor);
    }

    /** Each as "confirm 7 by ACCOUNT unit-u". */
    public List<String> made() {
        return List.copyOf(made);
    }

    /** The visits that were to be recorded. */
    public List<VisitRecord> visits() {
        return List.copyOf(visits);
    }

    /** Forgets what was asked. */
    public void answer(Outcome next) {
        made.clear();
        visits.clear();
        answer = next;
    }

    private Outcome note(String what, Actor actor) {
        made.add(what + " by " + actor.kind() + " " + actor.name());
        return answer;
    }
}
