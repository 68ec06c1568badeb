package io.tean.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetFounder;
import io.tean.simulators.link.Parcel;
import io.tean.simulators.scenario.FaultScript;
import io.tean.simulators.scenario.GroundTruth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulationTest {
    private static final StreamCatalogue CATALOGUE = StreamCatalogue.builtIn();
    private static final Instant MONDAY_MORNING = Instant.parse("2026-11-23T00:30:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Fleet fleet(int elevators, int boilers, int fillingMachines) {
        return FleetFounder.found(7, elevators, boilers, fillingMachines, 0);
    }

    private static void live(Fleet fleet, FaultScript script, Duration time, Consumer<Parcel> way) {
        var simulation = new Simulation(fleet, CATALOGUE, 1, MONDAY_MORNING, way, GroundTruth.untold());
        simulation.plan(script.schedule(fleet, MONDAY_MORNING));
        Instant end = MONDAY_MORNING.plus(time);
        while (!simulation.next().isAfter(end)) {
            simulation.step();
        }
    }

    private static String text(Parcel parcel) {
        return parcel.topic() + " " + new String(parcel.json(), StandardCharsets.UTF_8);
    }

    @Test
    void a_day_and_a_half_with_all_faults_stay_inside_the_declarations() {
        List<String> problems = new ArrayList<>();
        Set<String> streams = new HashSet<>();
        live(fleet(8, 5, 3), FaultScript.example(), Duration.ofHours(36), parcel -> {
            String stream = parcel.topic().substring(parcel.topic().lastIndexOf('/') + 1);
            streams.add(stream);
            StreamDeclaration declaration = CATALOGUE.stream(stream).orElseThrow();
            problems.addAll(problems(declaration, JSON.readTree(parcel.json()), parcel));
        });

        assertThat(problems).isEmpty();
        assertThat(streams)
                .containsExactlyInAnyOrder(
                        "elevator-status", "elevator-event", "boiler-status", "cylinder-fill", "maintenance-visit");
    }

    private static List<String> problems(StreamDeclaration stream, JsonNode json, Parcel parcel) {
        List<String> problems = new ArrayList<>();
        OffsetDateTime.parse(json.get("time").stringValue());
        for (String name : json.propertyNames()) {
            if (!name.equals("time")
                    && stream.field(name).filter(f -> fits(f, json.get(name))).isEmpty()) {
                problems.add(name + " in " + text(parcel));
            }
        }
        for (Field field : stream.fields()) {
            if (field.required() && !json.has(field.name())) {
                problems.add("no " + field.name() + " in " + text(parcel));
            }
        }
        return problems;
    }

    private static boolean fits(Field field, JsonNode value) {
        return switch (field.type()) {
            case BOOL -> value.isBoolean();
            case INT ->
                value.isIntegralNumber() && value.longValue() >= field.lowest() && value.longValue() <= field.highest();
            case REAL ->
                value.isNumber() && value.doubleValue() >= field.lowest() && value.doubleValue() <= field.highest();
            case ENUM -> value.isString() && field.values().containsKey(value.stringValue());
            case TEXT -> isShort(field, value);
            case LIST ->
                value.isArray()
                        && field.maxItems() != null
                        && value.size() <= field.maxItems()
                        && value.valueStream().allMatch(item -> isShort(field, item));
        };
    }

    private static boolean isShort(Field field, JsonNode value) {
        Integer longest = field.maxLength();
        return value.isString() && longest != null && value.stringValue().length() <= longest;
    }

    @Test
    void two_runs_of_one_seed_give_the_same_bytes() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        live(fleet(8, 5, 3), FaultScript.example(), Duration.ofHours(3), parcel -> first.add(text(parcel)));
        live(fleet(8, 5, 3), FaultScript.example(), Duration.ofHours(3), parcel -> second.add(text(parcel)));

        assertThat(first).hasSizeGreaterThan(1000).isEqualTo(second);
    }

    @Test
    void another_machine_beside_it_changes_nothing_for_a_machine() {
        List<String> alone = new ArrayList<>();
        List<String> together = new ArrayList<>();
        Fleet one = fleet(1, 0, 0);
        String code = one.elevators().getFirst().identity().code();

        live(one, FaultScript.none(), Duration.ofHours(3), parcel -> alone.add(text(parcel)));
        live(fleet(1, 3, 2), FaultScript.none(), Duration.ofHours(3), parcel -> {
            if (parcel.topic().contains(code)) {
                together.add(text(parcel));
            }
        });

        assertThat(together).isNotEmpty().isEqualTo(alone);
    }

    @Test
    void no_two_readings_of_a_stream_contradict_each_other() {
        Map<String, String> byKey = new TreeMap<>();
        List<String> conflicts = new ArrayList<>();
        live(fleet(8, 5, 3), FaultScript.example(), Duration.ofHours(6), parcel -> {
            JsonNode json = JSON.readTree(parcel.json());
            var key = new StringBuilder(parcel.topic() + json.get("time"));
            String stream = parcel.topic().substring(parcel.topic().lastIndexOf('/') + 1);
            CATALOGUE.stream(stream).orElseThrow().key().forEach(field -> key.append(json.get(field.name())));
            String before = byKey.put(key.toString(), text(parcel));
            if (before != null && !before.equals(text(parcel))) {
                conflicts.add(text(parcel));
            }
        });

        assertThat(conflicts).isEmpty();
    }

    @Test
    void time_never_runs_backwards_for_a_machine() {
        Map<String, String> latest = new TreeMap<>();
        List<String> backwards = new ArrayList<>();
        live(fleet(8, 5, 3), FaultScript.none(), Duration.ofHours(6), parcel -> {
            String time = JSON.readTree(parcel.json()).get("time").stringValue();
            String before = latest.put(parcel.topic(), time);
            if (before != null && before.compareTo(time) > 0) {
                backwards.add(before + " before " + text(parcel));
            }
        });

        assertThat(backwards).isEmpty();
    }
}
