package io.tean.register.due;

import io.tean.register.due.MachineLife.Machine;
import io.tean.register.due.MachineLife.PlanSpan;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.Visited;
import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.Rule;
import java.time.LocalDate;
import java.util.List;

/**
 * One level of maintenance. Starts on the first day in use; stands still while the machine is out of use and goes on from there.
 *
 * <p>On the days of a suspension of overdue (超期暂停) nothing is late: what would fall due in it, or fell due before it, is due on its last day
 * while it lasts. Afterwards what fell due in it stays due on its last day, and what had fallen due before it is late again.
 */
final class MaintenanceClock implements Clock {
    private final List<Regulation> versions;
    private final Machine machine;
    private final List<Visited> visits;
    private final List<PlanSpan> plans;
    private final List<Span> suspensions;
    private final InUse inUse;
    private final int length;
    private LocalDate last;
    private int span;
    private int next;

    /** @param suspensions in order, with a gap between each and the next */
    MaintenanceClock(List<Regulation> versions, MachineLife life, List<Span> suspensions, InUse inUse) {
        this.versions = versions;
        this.machine = life.machine();
        this.visits = life.visits();
        this.plans = life.plans();
        this.suspensions = suspensions;
        this.inUse = inUse;
        this.length = versions.getLast().rule() instanceof Rule.Days days ? days.days() : 0;
        this.last = inUse.span(0).from();
    }

    @Override
    public String rule() {
        return versions.getFirst().code();
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public LocalDate dueOn(LocalDate day, int now) {
        Regulation entry = InspectionClock.inForce(versions, day);
        if (entry == null || !InspectionClock.applies(entry, machine) || !(entry.rule() instanceof Rule.Days cycle)) {
            return NEVER;
        }
        while (span < now) {
            visitsUntil(entry, inUse.span(span).until().minusDays(1));
            LocalDate back = inUse.span(span + 1).from();
            last = last.plusDays(back.toEpochDay() - inUse.span(span).until().toEpochDay());
            span++;
            LocalDate stood = last;
            // Who came while it stood still leaves a clock that begins on the way back.
            if (visitsUntil(entry, back)) {
                last = stood.isAfter(back) ? stood : back;
            }
        }
        visitsUntil(entry, day);
        return suspended(last.plusDays(interval(cycle, day)), day);
    }

    private boolean visitsUntil(Regulation entry, LocalDate day) {
        boolean any = false;
        while (next < visits.size() && !visits.get(next).on().isAfter(day)) {
            Visited visit = visits.get(next);
            if (entry.fulfilledBy().contains(visit.level())) {
                any = true;
                if (visit.on().isAfter(last)) {
                    last = visit.on();
                }
            }
            next++;
        }
        return any;
    }

    private int interval(Rule.Days cycle, LocalDate day) {
        if (cycle.replacedByPlan()) {
            for (PlanSpan plan : plans) {
                if (plan.span().holds(day)) {
                    return plan.intervalDays();
                }
            }
        }
        return cycle.days();
    }

    private LocalDate suspended(LocalDate due, LocalDate day) {
        LocalDate moved = due;
        for (Span suspension : suspensions) {
            if (suspension.holds(moved) || (suspension.holds(day) && moved.isBefore(suspension.from()))) {
                moved = suspension.until().minusDays(1);
            }
        }
        return moved;
    }
}
