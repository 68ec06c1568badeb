package io.tean.register.due;

import io.tean.register.due.MachineLife.Inspected;
import io.tean.register.due.MachineLife.Machine;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.Rule;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Inspections and self-tests. Counted from the supervision inspection; where that is not known, from the first one among the inspections, else from
 * the first day in use. Months are counted as whole numbers: 12 × year + month.
 */
final class InspectionClock implements Clock {
    private static final String SUPERVISION = "SUPERVISION_INSPECTION";

    private final List<Regulation> versions;
    private final Machine machine;
    private final List<Inspected> inspections;
    private final InUse inUse;
    private final LocalDate began;
    private final String code;
    private final String codeWithoutDate;
    private final int length;
    private String rule;

    InspectionClock(List<Regulation> versions, String codeWithoutDate, MachineLife life, InUse inUse) {
        this.versions = versions;
        this.machine = life.machine();
        this.inspections = life.inspections();
        this.inUse = inUse;
        this.began = versions.getFirst().effectiveFrom();
        this.code = versions.getFirst().code();
        this.codeWithoutDate = codeWithoutDate;
        this.length = versions.getLast().rule() instanceof Rule.Months months ? months.months() * 30 : 365;
        this.rule = code;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public LocalDate dueOn(LocalDate day, int span) {
        rule = code;
        Regulation entry = inForce(versions, day);
        if (entry == null || !applies(entry, machine)) {
            return NEVER;
        }
        LocalDate base = base(day);
        Inspected last = null;
        for (Inspected each : inspections) {
            if (each.on().isAfter(day)) {
                break;
            }
            if (each.passed() && entry.fulfilledBy().contains(each.kind())) {
                last = each;
            }
        }
        LocalDate due = switch (entry.rule()) {
            case Rule.Grid grid -> grid(grid, entry, base, last, day, span);
            case Rule.Months months -> months(months, base, last);
            case Rule.Days _, Rule.Limit _ -> NEVER;
        };
        // A date that was printed under an earlier version of the rule is the earlier version's.
        if (last != null && !last.on().isBefore(entry.effectiveFrom())) {
            Optional<LocalDate> printed = last.validUntil();
            if (printed.isPresent() && printed.get().isBefore(due)) {
                return printed.get();
            }
        }
        return due;
    }

    static @Nullable Regulation inForce(List<Regulation> versions, LocalDate day) {
        for (Regulation version : versions) {
            if (version.holdsOn(day)) {
                return version;
            }
        }
        return null;
    }

    static boolean applies(Regulation entry, Machine machine) {
        return entry.applies().toAllOfCategory()
                || entry.applies().to(machine.typeCode(), machine.catalogue(), machine.parameters());
    }

    private @Nullable LocalDate base(LocalDate day) {
        Optional<LocalDate> supervised = machine.supervisedOn();
        if (supervised.isPresent() && !supervised.get().isAfter(day)) {
            return supervised.get();
        }
        for (Inspected each : inspections) {
            if (each.passed() && each.kind().equals(SUPERVISION) && !each.on().isAfter(day)) {
                return each.on();
            }
        }
        return machine.inUseSince().orElse(null);
    }

    private LocalDate withoutDate() {
        rule = codeWithoutDate;
        LocalDate first = inUse.span(0).from();
        return first.isBefore(began) ? began : first;
    }

    private LocalDate months(Rule.Months cycle, @Nullable LocalDate base, @Nullable Inspected last) {
        LocalDate due;
        if (last != null && (base == null || !last.on().isBefore(base))) {
            due = last.on().plusMonths(monthsAfter(cycle, last));
        } else if (base != null) {
            due = base.plusMonths(cycle.firstMonths());
        } else {
            return withoutDate();
        }
        return cycle.toTheMonth() ? due.withDayOfMonth(due.lengthOfMonth()) : due;
    }

    private int monthsAfter(Rule.Months cycle, Inspected last) {
        if (cycle.bySafetyGrade().isEmpty()) {
            return cycle.months();
        }
        int grade = last.safetyGrade().orElseGet(() -> {
            String known = machine.parameters().getOrDefault("safety_grade", "");
            return known.length() == 1 ? known.charAt(0) - '0' : 0;
        });
        return cycle.bySafetyGrade().getOrDefault(grade, cycle.months());
    }

    private LocalDate grid(
            Rule.Grid grid,
            Regulation entry,
            @Nullable LocalDate base,
            @Nullable Inspected last,
            LocalDate day,
            int span) {
        if (grid.outOfUseMonths() > 0 && span > 0) {
            Span before = inUse.span(span - 1);
            LocalDate back = inUse.span(span).from();
            boolean longAway = !before.until().plusMonths(grid.outOfUseMonths()).isAfter(back);
            if (longAway && (last == null || month(last.on()) < month(back) - grid.earlyMonths())) {
                return back;
            }
        }
        if (base == null) {
            if (last != null && grid.thenEvery() > 0) {
                return endOf(month(last.on()) + 12 * grid.thenEvery());
            }
            return last != null || madeUp(entry, day) ? NEVER : withoutDate();
        }
        int point = pointAfter(grid, base, covered(grid, entry, base, day));
        return point == Integer.MAX_VALUE ? NEVER : endOf(point);
    }

    private boolean madeUp(Regulation entry, LocalDate day) {
        for (Inspected each : inspections) {
            if (each.passed() && !each.on().isAfter(day) && entry.madeUpBy().contains(each.kind())) {
                return true;
            }
        }
        return false;
    }

    /** The last month that is fulfilled: the points of a grid in it and before it are not asked for any more. */
    private int covered(Rule.Grid grid, Regulation entry, LocalDate base, LocalDate day) {
        int covered = month(base);
        // Before its first version nobody asked for a self-test; an inspection was asked for by the version before.
        if (grid.thenEvery() == 0) {
            covered = Math.max(covered, month(began) - 1);
        }
        for (Inspected each : inspections) {
            if (each.on().isAfter(day)) {
                break;
            }
            if (each.passed() && !each.on().isBefore(base)) {
                int on = month(each.on());
                if (entry.fulfilledBy().contains(each.kind())) {
                    covered = Math.max(covered, on + grid.earlyMonths());
                } else if (entry.madeUpBy().contains(each.kind())) {
                    covered = Math.max(covered, on - 1);
                } else {
                    continue;
                }
                // After a major repair with supervision inspection what that year still asks for falls away.
                if (each.kind().equals(SUPERVISION) && each.on().isAfter(base)) {
                    covered = Math.max(covered, on / 12 * 12 + 11);
                }
            }
        }
        return covered;
    }

    private int pointAfter(Rule.Grid grid, LocalDate base, int covered) {
        int start = month(base);
        for (int i = 0; i < grid.years().size(); i++) {
            int point = start + 12 * grid.years().get(i);
            if (point > covered && !(grid.skipsOutOfUse() && wasOutOfUse(endOf(point)))) {
                return point;
            }
        }
        if (grid.thenEvery() == 0) {
            return Integer.MAX_VALUE;
        }
        int step = 12 * grid.thenEvery();
        int point = start + 12 * grid.years().getLast() + step;
        if (point <= covered) {
            point += ((covered - point) / step + 1) * step;
        }
        return point;
    }

    private boolean wasOutOfUse(LocalDate day) {
        return inUse.size() > 1
                && !inUse.holds(day)
                && day.isBefore(inUse.span(inUse.size() - 1).from());
    }

    private static int month(LocalDate day) {
        return day.getYear() * 12 + day.getMonthValue() - 1;
    }

    private static LocalDate endOf(int month) {
        return YearMonth.of(month / 12, month % 12 + 1).atEndOfMonth();
    }
}
