package io.tean.register.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.StateSpan;
import io.tean.register.regulation.RegulationBook;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DueDatesTest {
    private static final DueDates DUE = new DueDates(RegulationBook.builtIn());

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "worked-examples.csv", delimiter = ';', emptyValue = "", nullValues = "no such")
    void a_worked_example_comes_out(
            String name,
            String category,
            @org.jspecify.annotations.Nullable String type,
            @org.jspecify.annotations.Nullable String inUseSince,
            @org.jspecify.annotations.Nullable String supervised,
            String registered,
            @org.jspecify.annotations.Nullable String history,
            DutyKind kind,
            LocalDate day,
            String due,
            String rule) {
        MachineLife life =
                Lives.of(category, text(type), text(inUseSince), text(supervised), registered, text(history));
        List<String> found = DUE.of(life).stream()
                .filter(duty -> duty.kind() == kind && duty.isOn(day))
                .map(duty -> duty.dueOn() + " " + duty.rule())
                .toList();
        assertThat(found).isEqualTo(due.equals("-") ? List.of() : List.of(due + " " + rule));
    }

    @Test
    void visits_make_intervals_from_day_to_day_and_the_last_is_open() {
        MachineLife life =
                Lives.of("elevator", "", "2025-01-01", "", "2025-01-01", "HALF_MONTH@2025-01-10,HALF_MONTH@2025-01-30");
        assertThat(DUE.of(life))
                .filteredOn(d -> d.kind() == DutyKind.MAINTENANCE)
                .containsExactly(
                        duty("2025-01-01", "2025-01-10", "2025-01-16"),
                        duty("2025-01-10", "2025-01-30", "2025-01-25"),
                        duty("2025-01-30", "9999-12-31", "2025-02-14"));
    }

    @Test
    void a_machine_that_left_has_no_duty_after_it() {
        MachineLife life = Lives.of("elevator", "", "2025-01-01", "2024-12-20", "2025-01-01", "");
        MachineLife scrapped = new MachineLife(
                life.machine(),
                List.of(
                        new StateSpan("IN_USE", new Span(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 3, 1))),
                        new StateSpan("SCRAPPED", new Span(LocalDate.of(2025, 3, 1), Duty.OPEN))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(DUE.of(scrapped))
                .isNotEmpty()
                .allSatisfy(duty -> assertThat(duty.until()).isEqualTo(LocalDate.of(2025, 3, 1)));
    }

    @Test
    void the_parts_of_a_boiler_are_told_apart() {
        MachineLife life = Lives.of("boiler", "", "2024-01-10", "", "2024-01-10", "");
        assertThat(DUE.parts(life))
                .extracting(duty -> duty.rule() + " " + duty.dueOn())
                .containsExactly(
                        "boiler-external 2025-01-10", "boiler-hydrostatic 2030-01-10", "boiler-internal 2025-01-10");
    }

    private static Duty duty(String from, String until, String due) {
        return new Duty(
                DutyKind.MAINTENANCE,
                LocalDate.parse(from),
                LocalDate.parse(until),
                LocalDate.parse(due),
                "maintenance-half-month");
    }

    private static String text(@org.jspecify.annotations.Nullable String cell) {
        return cell == null ? "" : cell;
    }
}
