package io.tean.register.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.register.due.MachineLife.Inspected;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.StateSpan;
import io.tean.register.due.MachineLife.Visited;
import io.tean.register.regulation.RegulationBook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DueDatesPropertiesTest {
    private static final DueDates DUE = new DueDates(RegulationBook.builtIn());
    private static final DueDates ANEW = new DueDates(RegulationBook.builtIn());
    private static final LocalDate START = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 2500;

    @Property
    void the_same_life_gives_the_same_duties(@ForAll("lives") MachineLife life) {
        assertThat(ANEW.of(life)).isEqualTo(DUE.of(life));
    }

    @Property
    void duties_of_a_kind_are_in_order_do_not_overlap_and_could_not_be_fewer(@ForAll("lives") MachineLife life) {
        Map<DutyKind, Duty> before = new HashMap<>();
        for (Duty duty : DUE.of(life)) {
            Duty last = before.put(duty.kind(), duty);
            if (last != null) {
                assertThat(duty.from()).isAfterOrEqualTo(last.until());
                assertThat(last.until().equals(duty.from())
                                && last.dueOn().equals(duty.dueOn())
                                && last.rule().equals(duty.rule()))
                        .isFalse();
            }
        }
    }

    @Property
    void there_is_no_duty_while_out_of_use(@ForAll("lives") MachineLife life, @ForAll @IntRange(max = DAYS) int at) {
        LocalDate day = START.plusDays(at);
        boolean inUse = life.states().stream()
                .anyMatch(s -> s.state().equals("IN_USE") && s.span().holds(day));
        assertThat(due(life, DutyKind.MAINTENANCE, day).isPresent()).isEqualTo(inUse);
    }

    @Property
    void one_more_visit_makes_no_due_date_earlier(
            @ForAll("lives") MachineLife life, @ForAll("visits") Visited visit, @ForAll @IntRange(max = DAYS) int at) {
        List<Visited> more = new ArrayList<>(life.visits());
        more.add(visit);
        LocalDate day = START.plusDays(at);
        due(life, DutyKind.MAINTENANCE, day)
                .ifPresent(before -> assertThat(due(Lives.with(life, more), DutyKind.MAINTENANCE, day))
                        .hasValueSatisfying(after -> assertThat(after).isAfterOrEqualTo(before)));
    }

    @Property
    void a_yearly_visit_does_what_any_lower_one_does(
            @ForAll("lives") MachineLife life, @ForAll("visits") Visited visit, @ForAll @IntRange(max = DAYS) int at) {
        List<Visited> lower = new ArrayList<>(life.visits());
        List<Visited> yearly = new ArrayList<>(life.visits());
        lower.add(visit);
        yearly.add(new Visited("YEAR", visit.on()));
        LocalDate day = START.plusDays(at);
        due(Lives.with(life, lower), DutyKind.MAINTENANCE, day)
                .ifPresent(low -> assertThat(due(Lives.with(life, yearly), DutyKind.MAINTENANCE, day))
                        .hasValueSatisfying(high -> assertThat(high).isAfterOrEqualTo(low)));
    }

    @Property
    void no_maintenance_is_late_on_a_day_of_a_suspension(@ForAll("lives") MachineLife life) {
        for (Span pause : life.suspensions()) {
            for (LocalDate day : List.of(pause.from(), pause.until().minusDays(1))) {
                due(life, DutyKind.MAINTENANCE, day)
                        .ifPresent(due -> assertThat(due).isAfterOrEqualTo(day));
            }
        }
    }

    @Property
    void an_early_inspection_does_not_move_the_grid(
            @ForAll @IntRange(min = 0, max = 2) int monthsEarly, @ForAll @IntRange(min = 1, max = 28) int dayOfMonth) {
        LocalDate on = LocalDate.of(2025, 8, 1).minusMonths(monthsEarly).withDayOfMonth(dayOfMonth);
        MachineLife life =
                Lives.of("elevator", "", "2024-08-20", "2024-08-10", "2024-08-20", "PERIODIC_INSPECTION@" + on);
        assertThat(due(life, DutyKind.INSPECTION, on)).contains(LocalDate.of(2028, 8, 31));
    }

    private static Optional<LocalDate> due(MachineLife life, DutyKind kind, LocalDate day) {
        return DUE.of(life).stream()
                .filter(duty -> duty.kind() == kind && duty.isOn(day))
                .map(Duty::dueOn)
                .findFirst();
    }

    @Provide
    Arbitrary<Visited> visits() {
        return Combinators.combine(
                        Arbitraries.of("HALF_MONTH", "QUARTER", "HALF_YEAR", "YEAR", "CALL_OUT_REPAIR"), days())
                .as(Visited::new);
    }

    @Provide
    Arbitrary<MachineLife> lives() {
        Arbitrary<Inspected> inspections = Combinators.combine(
                        Arbitraries.of("PERIODIC_INSPECTION", "SUPERVISION_INSPECTION", "SELF_TESTING"),
                        days(),
                        Arbitraries.of(true, false))
                .as((kind, on, passed) -> new Inspected(kind, on, passed, OptionalInt.empty(), Optional.empty()));
        Arbitrary<Span> spans = Combinators.combine(
                        days(), Arbitraries.integers().between(1, 500))
                .as((from, length) -> new Span(from, from.plusDays(length)));
        return Combinators.combine(
                        spans,
                        spans.list().ofMaxSize(2),
                        inspections.list().ofMaxSize(6),
                        visits().list().ofMaxSize(40))
                .as(DueDatesPropertiesTest::life);
    }

    private static MachineLife life(Span out, List<Span> pauses, List<Inspected> inspections, List<Visited> visits) {
        MachineLife empty = Lives.of("elevator", "", "2019-06-01", "2019-05-10", "2019-06-01", "");
        List<StateSpan> states = List.of(
                new StateSpan("IN_USE", new Span(LocalDate.of(2019, 6, 1), out.from())),
                new StateSpan("SUSPENDED", out),
                new StateSpan("IN_USE", new Span(out.until(), Duty.OPEN)));
        MachineLife life = new MachineLife(
                empty.machine(),
                states,
                inspections.stream()
                        .sorted(java.util.Comparator.comparing(Inspected::on))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                pauses);
        return Lives.with(life, visits);
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(0, DAYS).map(START::plusDays);
    }
}
