package io.tean.core.maintenance;

import io.tean.core.audit.Actor;
import java.time.LocalDate;
import java.util.Optional;

/** What people may do to the maintenance ledger. Each and its audit entry are one transaction; whether they may is asked before. */
public interface MaintenanceDecisions {

    /** What came of it. */
    sealed interface Outcome {
        /** @param id of the record, the suspension, or whatever was made or changed */
        record Done(long id) implements Outcome {}

        /** It is as it is; the reason is for the person. */
        record Refused(Problem problem) implements Outcome {}
    }

    /** Why not. */
    enum Problem {
        /** No such machine, record or suspension. */
        UNKNOWN,
        /** The firm has recorded a visit with this number for the machine. */
        RECORDED_ALREADY,
        /** Another record has superseded it: that one is to be superseded or decided on. */
        SUPERSEDED_ALREADY,
        /** Nothing is doubtful about it. */
        NOT_SUSPECT,
        /** The use unit has confirmed it. */
        CONFIRMED_ALREADY,
        /** It ends before it begins. */
        NO_DAYS
    }

    /** Records a visit of a machine. */
    Outcome add(String equipmentCode, VisitRecord visit, Actor actor);

    /** Records what a visit really was; both records stay. */
    Outcome supersede(long recordId, VisitRecord visit, String reason, Actor actor);

    /** Lets a suspect visit count, or not. */
    Outcome decide(long recordId, boolean accepted, String reason, Actor actor);

    /** The use unit's word that the visit took place. */
    Outcome confirm(long recordId, Actor actor);

    /**
     * Days in which no maintenance of a division falls overdue.
     *
     * @param lastDay inclusive
     */
    Outcome suspendDivision(String divisionCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor);

    /** Days in which no maintenance of a machine falls overdue. */
    Outcome suspendMachine(String equipmentCode, LocalDate firstDay, LocalDate lastDay, String reason, Actor actor);

    /** Ends a suspension early. */
    Outcome endSuspension(long suspensionId, LocalDate lastDay, Optional<String> reason, Actor actor);
}
