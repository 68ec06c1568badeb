package io.tean.simulators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.stream.StreamCatalogue;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetFounder;
import io.tean.simulators.signal.Dice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {
    private static final StreamCatalogue CATALOGUE = StreamCatalogue.builtIn();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant MORNING = Instant.parse("2026-11-23T00:30:00Z");
    private static final Fleet FLEET = FleetFounder.found(3, 4, 20, 1, 0);

    private final List<JsonNode> statuses = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private Instant now = MORNING;

    private void run(Machine machine, Duration time) {
        Instant end = now.plus(time);
        while (!machine.next().isAfter(end)) {
            now = machine.next();
            machine.act(now, message -> {
                JsonNode json = JSON.readTree(message.payload().json(message.time()));
                (message.payload().stream().name().equals("elevator-event") ? events : statuses).add(json);
            });
        }
        now = end;
    }

    private static Elevator elevator() {
        return new Elevator(FLEET.elevators().getFirst(), CATALOGUE, MORNING, Dice.of(1, "elevator"));
    }

    private static Boiler boiler(BoilerTraits.Kind kind) {
        BoilerTraits traits = FLEET.boilers().stream()
                .filter(boiler -> boiler.kind() == kind)
                .findFirst()
                .orElseThrow();
        return new Boiler(traits, CATALOGUE, MORNING, Dice.of(1, "boiler"));
    }

    private static FillingMachine fillingMachine(Instant start) {
        return new FillingMachine(FLEET.fillingMachines().getFirst(), CATALOGUE, start, Dice.of(1, "filling machine"));
    }

    private List<Integer> codes() {
        return events.stream().map(event -> event.get("code").intValue()).toList();
    }

    private boolean ever(String field) {
        return statuses.stream().anyMatch(status -> status.path(field).booleanValue(false));
    }

    @Test
    void a_healthy_elevator_runs_and_has_no_events() {
        run(elevator(), Duration.ofHours(2));

        assertThat(events).isEmpty();
        assertThat(statuses).anyMatch(s -> s.get("car_running").booleanValue());
        assertThat(statuses)
                .allMatch(s -> !s.get("car_running").booleanValue()
                        || s.get("door_closed").booleanValue());
    }

    @Test
    void an_entrapment_leaves_somebody_between_landings_and_calls_for_help() {
        Elevator elevator = elevator();
        run(elevator, Duration.ofMinutes(10));
        elevator.begin(Fault.ENTRAPMENT, now);
        run(elevator, Duration.ofMinutes(10));

        assertThat(codes()).contains(4, 11, 90);
        JsonNode status = statuses.getLast();
        assertThat(status.get("car_running").booleanValue()).isFalse();
        assertThat(status.get("in_door_zone").booleanValue()).isFalse();
        assertThat(status.get("door_closed").booleanValue()).isTrue();
        assertThat(status.get("passenger_present").booleanValue()).isTrue();
        assertThat(status.get("speed_mps").doubleValue()).isZero();
    }

    @Test
    void a_rescue_clears_the_entrapment_and_the_car_runs_again() {
        Elevator elevator = elevator();
        elevator.begin(Fault.ENTRAPMENT, now);
        run(elevator, Duration.ofMinutes(10));
        elevator.end(Fault.ENTRAPMENT, now);
        statuses.clear();
        run(elevator, Duration.ofHours(1));

        assertThat(events)
                .anyMatch(
                        e -> e.get("code").intValue() == 11 && e.path("cleared").booleanValue(false));
        assertThat(codes()).endsWith(40);
        assertThat(statuses.getLast().get("service_mode").stringValue()).isEqualTo("normal");
        assertThat(ever("car_running")).isTrue();
    }

    @Test
    void a_door_fault_keeps_the_door_open_until_it_is_put_right() {
        Elevator elevator = elevator();
        elevator.begin(Fault.DOOR_FAULT, now);
        run(elevator, Duration.ofMinutes(10));

        assertThat(codes()).contains(2, 42);
        assertThat(statuses.getLast().get("door_closed").booleanValue()).isFalse();

        elevator.end(Fault.DOOR_FAULT, now);
        run(elevator, Duration.ofMinutes(2));
        assertThat(codes()).contains(40);
        assertThat(statuses.getLast().get("service_mode").stringValue()).isEqualTo("normal");
    }

    @Test
    void a_power_cut_stops_the_car_and_the_terminal_goes_on_telling() {
        Elevator elevator = elevator();
        elevator.begin(Fault.POWER_CUT, now);
        run(elevator, Duration.ofMinutes(10));

        assertThat(codes()).startsWith(41);
        assertThat(statuses).hasSizeGreaterThan(8);
        assertThat(statuses.getLast().get("main_power_on").booleanValue()).isFalse();
        assertThat(statuses.getLast().get("car_running").booleanValue()).isFalse();
    }

    @Test
    void event_numbers_grow_by_one() {
        Elevator elevator = elevator();
        elevator.begin(Fault.ENTRAPMENT, now);
        run(elevator, Duration.ofMinutes(10));

        long first = events.getFirst().get("sequence").longValue();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence").longValue()).isEqualTo(first + i);
        }
    }

    @Test
    void a_healthy_boiler_raises_no_alarm_in_a_day() {
        run(boiler(BoilerTraits.Kind.STEAM), Duration.ofDays(1));
        run(boiler(BoilerTraits.Kind.HOT_WATER), Duration.ofDays(1));

        assertThat(ever("general_alarm")).isFalse();
    }

    @Test
    void low_water_stops_the_burner_until_somebody_resets_it() {
        Boiler boiler = boiler(BoilerTraits.Kind.STEAM);
        boiler.begin(Fault.LOW_WATER, now);
        run(boiler, Duration.ofMinutes(25));

        assertThat(ever("low_water")).isTrue();
        assertThat(ever("very_low_water")).isTrue();
        assertThat(statuses.getLast().get("burner_on").booleanValue()).isFalse();

        boiler.end(Fault.LOW_WATER, now);
        run(boiler, Duration.ofMinutes(20));
        assertThat(statuses.getLast().get("general_alarm").booleanValue()).isFalse();
    }

    @Test
    void over_pressure_is_held_by_the_safety_valve() {
        Boiler boiler = boiler(BoilerTraits.Kind.STEAM);
        boiler.begin(Fault.OVER_PRESSURE, now);
        run(boiler, Duration.ofMinutes(15));

        assertThat(ever("over_pressure")).isTrue();
        assertThat(statuses.getLast().get("steam_pressure_mpa").doubleValue()).isBetween(1.0, 1.4);
    }

    @Test
    void a_hot_water_boiler_has_too_much_pressure_as_well() {
        Boiler boiler = boiler(BoilerTraits.Kind.HOT_WATER);
        boiler.begin(Fault.OVER_PRESSURE, now);
        run(boiler, Duration.ofMinutes(15));

        assertThat(ever("over_pressure")).isTrue();
    }

    @Test
    void a_lost_flame_burns_no_gas() {
        Boiler boiler = boiler(BoilerTraits.Kind.STEAM);
        boiler.begin(Fault.FLAME_FAILURE, now);
        run(boiler, Duration.ofMinutes(10));

        assertThat(ever("flame_failure")).isTrue();
        assertThat(statuses.getLast().get("fuel_flow_m3ph").doubleValue()).isZero();
    }

    @Test
    void fills_come_one_to_three_minutes_apart_and_within_the_rated_weight() {
        run(fillingMachine(MORNING), Duration.ofHours(2));

        assertThat(statuses).hasSizeBetween(40, 120);
        assertThat(statuses).allMatch(s -> s.get("net_fill_kg").doubleValue() <= 14.5);
    }

    @Test
    void nobody_fills_at_night() {
        now = Instant.parse("2026-11-23T14:00:00Z");
        run(fillingMachine(now), Duration.ofHours(6));

        assertThat(statuses).isEmpty();
    }

    @Test
    void an_overfill_is_reported_as_weighed() {
        FillingMachine machine = fillingMachine(MORNING);
        machine.begin(Fault.OVERFILL, now);
        run(machine, Duration.ofMinutes(5));

        assertThat(statuses).isNotEmpty().allMatch(s -> s.get("net_fill_kg").doubleValue() > 14.5);
        assertThat(machine.signs()).extracting(Sign::value).contains("overfill");
    }

    @Test
    void an_expired_cylinder_is_filled_although_its_check_failed() {
        FillingMachine machine = fillingMachine(MORNING);
        machine.begin(Fault.EXPIRED_CYLINDER, now);
        run(machine, Duration.ofMinutes(5));

        assertThat(statuses).isNotEmpty();
        assertThat(statuses.getFirst().get("pre_check").stringValue()).isEqualTo("fail");
        assertThat(statuses.getFirst().get("refused").booleanValue()).isFalse();
    }

    @Test
    void an_elevator_is_visited_about_every_thirteen_days() {
        Elevator elevator = elevator();
        run(
                new MaintenanceCrew(FLEET.elevators().getFirst(), elevator, CATALOGUE, MORNING, false),
                Duration.ofDays(260));

        assertThat(statuses).hasSizeBetween(19, 21);
        assertThat(statuses).extracting(s -> s.get("level").stringValue()).contains("half_month", "quarter");
        assertThat(statuses).extracting(s -> s.get("visit_no")).doesNotHaveDuplicates();
    }

    @Test
    void a_crew_that_stays_away_leaves_no_record() {
        var crew = new MaintenanceCrew(FLEET.elevators().getFirst(), elevator(), CATALOGUE, MORNING, false);
        crew.begin(Fault.MISSED_VISIT, now);
        run(crew, Duration.ofDays(40));

        assertThat(statuses).isEmpty();
        assertThat(crew.signs()).hasSize(1);
    }
}
