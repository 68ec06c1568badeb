package io.tean.simulators.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetFounder;
import io.tean.simulators.machine.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Fleet FLEET = FleetFounder.found(1, 30, 6, 4, 0);

    private static List<ScheduledFault> schedule(String yaml) {
        return FaultScript.parse("s.yaml", yaml).schedule(FLEET, START);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> problemOf(String yaml) {
        return assertThatThrownBy(() -> schedule(yaml)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fault_begins_after_its_offset_and_lasts_as_long_as_said() {
        ScheduledFault fault = schedule("- {at: 10m, fault: entrapment, machine: elevator 3, for: 15m}")
                .getFirst();

        assertThat(fault.fault()).isEqualTo(Fault.ENTRAPMENT);
        assertThat(fault.equipmentCode())
                .isEqualTo(FLEET.elevators().get(2).identity().code());
        assertThat(Duration.between(START, fault.begins())).isEqualTo(Duration.ofMinutes(10));
        assertThat(Duration.between(fault.begins(), fault.ends())).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void a_fault_may_begin_at_a_time_of_the_clock() {
        ScheduledFault fault = schedule("- {at: '2026-11-23T09:00:00+08:00', fault: low-water, machine: boiler 1}")
                .getFirst();

        assertThat(fault.begins()).isEqualTo(Instant.parse("2026-11-23T01:00:00Z"));
    }

    @Test
    void a_machine_may_be_named_by_its_code() {
        String code = FLEET.fillingMachines().getFirst().identity().code();

        assertThat(schedule("- {at: 1m, fault: overfill, machine: " + code + "}"))
                .extracting(ScheduledFault::equipmentCode)
                .containsExactly(code);
    }

    @Test
    void a_power_cut_of_a_division_strikes_all_machines_in_it() {
        List<ScheduledFault> faults = schedule("- {at: 1m, fault: power-cut, division: \"371302\"}");

        assertThat(faults).hasSizeGreaterThan(5);
        assertThat(faults).extracting(ScheduledFault::equipmentCode).doesNotHaveDuplicates();
    }

    @Test
    void the_example_fits_a_small_fleet() {
        assertThat(FaultScript.example().schedule(FLEET, START))
                .extracting(ScheduledFault::fault)
                .contains(Fault.values());
    }

    @Test
    void an_unknown_fault_is_told_with_its_place() {
        problemOf("- {at: 1m, fault: fire, machine: elevator 1}")
                .hasMessageStartingWith("s.yaml:1:")
                .hasMessageContaining("no fault 'fire'; there are entrapment");
    }

    @Test
    void an_unknown_key_is_told_with_its_place() {
        problemOf("- at: 1m\n  fault: silent\n  machin: elevator 1\n")
                .hasMessageStartingWith("s.yaml:3:")
                .hasMessageContaining("no key 'machin'");
    }

    @Test
    void a_key_that_stands_twice_is_told() {
        problemOf("- {at: 1m, at: 2m, fault: silent, machine: elevator 1}").hasMessageContaining("s.yaml:1:");
    }

    @Test
    void a_duration_without_a_unit_is_told() {
        problemOf("- {at: 10, fault: silent, machine: elevator 1}").hasMessageContaining("'10' is neither a duration");
    }

    @Test
    void a_machine_beyond_the_fleet_is_told() {
        problemOf("- {at: 1m, fault: silent, machine: elevator 31}")
                .hasMessageContaining("the fleet has 30 of kind elevator, no number 31");
    }

    @Test
    void a_boiler_cannot_trap_anybody() {
        problemOf("- {at: 1m, fault: entrapment, machine: boiler 1}")
                .hasMessageContaining("a boiler cannot have the fault entrapment");
    }

    @Test
    void two_faults_of_one_machine_at_a_time_are_told() {
        problemOf("""
                        - {at: 1m, fault: entrapment, machine: elevator 1}
                        - {at: 5m, fault: door-fault, machine: elevator 1}
                        """)
                .hasMessageStartingWith("s.yaml:2:")
                .hasMessageContaining("has the fault entrapment at that time already");
    }

    @Test
    void an_empty_script_has_no_faults() {
        assertThat(schedule("")).isEmpty();
    }
}
