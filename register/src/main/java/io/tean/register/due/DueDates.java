package io.tean.register.due;

import io.tean.register.due.MachineLife.Inspected;
import io.tean.register.due.MachineLife.PlanSpan;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.Visited;
import io.tean.register.regulation.Asked;
import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.RegulationBook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All duties of a machine for all time, by the regulation book. The same life gives the same duties, whenever it is asked. */
public final class DueDates {
    private final Map<DutyKind, Map<String, List<Entry>>> entries = new java.util.EnumMap<>(DutyKind.class);

    /** @param versions of one code, in the order of their days */
    private record Entry(List<Regulation> versions, String codeWithoutDate) {}

    public DueDates(RegulationBook book) {
        for (DutyKind kind : DutyKind.values()) {
            Map<String, List<Entry>> byCategory = new HashMap<>();
            for (List<Regulation> versions : book.asking(asked(kind))) {
                Entry entry = new Entry(
                        versions, RegulationBook.withoutDate(versions.getFirst().code()));
                for (String category : versions.getFirst().applies().categories()) {
                    byCategory.computeIfAbsent(category, _ -> new ArrayList<>()).add(entry);
                }
            }
            entries.put(kind, byCategory);
        }
    }

    private static Asked asked(DutyKind kind) {
        return switch (kind) {
            case INSPECTION -> Asked.INSPECTION;
            case SELF_TESTING -> Asked.SELF_TESTING;
            case MAINTENANCE -> Asked.MAINTENANCE;
        };
    }

    /**
     * The duties by kind and day. Those of a kind do not overlap; each is due on the earliest day of its parts; the last one is open unless the
     * machine left, or nothing is asked of it any more.
     */
    public List<Duty> of(MachineLife life) {
        List<Duty> duties = new ArrayList<>();
        InUse inUse = InUse.of(life);
        for (DutyKind kind : DutyKind.values()) {
            follow(kind, life, inUse, clocks(kind, life, inUse), duties);
        }
        return duties;
    }

    /** The duties of every entry by itself, by kind, code and day: what stands behind the earliest date on a machine's page. */
    public List<Duty> parts(MachineLife life) {
        List<Duty> duties = new ArrayList<>();
        InUse inUse = InUse.of(life);
        for (DutyKind kind : DutyKind.values()) {
            for (Clock clock : clocks(kind, life, inUse)) {
                follow(kind, life, inUse, List.of(clock), duties);
            }
        }
        return duties;
    }

    private List<Clock> clocks(DutyKind kind, MachineLife life, InUse inUse) {
        List<Clock> clocks = new ArrayList<>();
        List<Entry> asking =
                entries.getOrDefault(kind, Map.of()).getOrDefault(life.machine().category(), List.of());
        if (asking.isEmpty() || inUse.size() == 0) {
            return clocks;
        }
        List<Span> suspensions = kind == DutyKind.MAINTENANCE ? joined(life.suspensions()) : List.of();
        for (Entry entry : asking) {
            clocks.add(
                    kind == DutyKind.MAINTENANCE
                            ? new MaintenanceClock(entry.versions(), life, suspensions, inUse)
                            : new InspectionClock(entry.versions(), entry.codeWithoutDate(), life, inUse));
        }
        return clocks;
    }

    private void follow(DutyKind kind, MachineLife life, InUse inUse, List<Clock> clocks, List<Duty> duties) {
        if (clocks.isEmpty()) {
            return;
        }
        LocalDate[] changes = changes(kind, life);
        int first = duties.size();
        int next = 0;
        for (int span = 0; span < inUse.size(); span++) {
            LocalDate day = inUse.span(span).from();
            LocalDate end = inUse.span(span).until();
            while (day.isBefore(end)) {
                while (next < changes.length && !changes[next].isAfter(day)) {
                    next++;
                }
                LocalDate until = next < changes.length && changes[next].isBefore(end) ? changes[next] : end;
                add(kind, day, until, span, clocks, first, duties);
                day = until;
            }
        }
    }

    private static void add(
            DutyKind kind, LocalDate day, LocalDate until, int span, List<Clock> clocks, int first, List<Duty> duties) {
        LocalDate due = Clock.NEVER;
        String rule = "";
        int length = 0;
        for (Clock clock : clocks) {
            LocalDate each = clock.dueOn(day, span);
            if (each.isBefore(due) || (each.equals(due) && clock.length() > length)) {
                due = each;
                rule = clock.rule();
                length = clock.length();
            }
        }
        if (due.equals(Clock.NEVER)) {
            return;
        }
        LocalDate from = day;
        if (duties.size() > first) {
            Duty before = duties.getLast();
            if (before.until().equals(day)
                    && before.dueOn().equals(due)
                    && before.rule().equals(rule)) {
                from = before.from();
                duties.removeLast();
            }
        }
        duties.add(new Duty(kind, from, until, due, rule));
    }

    /** The days on which an answer may change, beside those of going into and out of use. */
    private LocalDate[] changes(DutyKind kind, MachineLife life) {
        List<LocalDate> days = new ArrayList<>();
        for (Entry entry :
                entries.getOrDefault(kind, Map.of()).getOrDefault(life.machine().category(), List.of())) {
            for (Regulation version : entry.versions()) {
                days.add(version.effectiveFrom());
                version.effectiveTo().ifPresent(last -> days.add(last.plusDays(1)));
            }
        }
        if (kind == DutyKind.MAINTENANCE) {
            for (Visited visit : life.visits()) {
                days.add(visit.on());
            }
            for (PlanSpan plan : life.plans()) {
                days.add(plan.span().from());
                days.add(plan.span().until());
            }
            for (Span suspension : life.suspensions()) {
                days.add(suspension.from());
                days.add(suspension.until());
            }
        } else {
            for (Inspected inspected : life.inspections()) {
                days.add(inspected.on());
            }
            life.machine().supervisedOn().ifPresent(days::add);
        }
        LocalDate[] sorted = days.toArray(LocalDate[]::new);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Suspensions that touch each other are one. */
    private static List<Span> joined(List<Span> suspensions) {
        if (suspensions.size() < 2) {
            return suspensions;
        }
        List<Span> sorted = new ArrayList<>(suspensions);
        sorted.sort(Comparator.comparing(Span::from));
        List<Span> joined = new ArrayList<>();
        for (Span each : sorted) {
            if (!joined.isEmpty() && !joined.getLast().until().isBefore(each.from())) {
                Span before = joined.removeLast();
                joined.add(
                        new Span(before.from(), before.until().isAfter(each.until()) ? before.until() : each.until()));
            } else {
                joined.add(each);
            }
        }
        return joined;
    }
}
