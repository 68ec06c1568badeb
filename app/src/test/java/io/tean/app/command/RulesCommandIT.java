package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @TempDir
    Path folder;

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_rule_with_a_mistake_is_named_with_file_line_and_column_and_the_others_are_right() throws Exception {
        assertThat(rules("check").lines()).singleElement().asString().endsWith("nothing wrong");
        Path file = Files.writeString(folder.resolve("hot.yaml"), rule("ambient_temperature_c > 'hot'"));
        Ran checked = rules("check", folder.toString());
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.lines())
                .singleElement()
                .asString()
                .startsWith("tean: " + file + ":12:59: ")
                .contains("_>_");
    }

    @Test
    void readings_of_a_file_are_played_through_the_rules_with_the_facts_they_bring() throws Exception {
        Path file = Files.writeString(folder.resolve("readings.ndjson"), """
                {"equipment":"B-1","stream":"boiler-status","time":"2026-11-22T08:00:00+08:00","kind":"steam","steam_pressure_mpa":1.2,\
                "facts":{"equipment.rated_pressure_mpa":1.0}}
                {"equipment":"E-1","stream":"elevator-status","time":"2026-11-22T08:00:00+08:00","service_mode":"normal","car_running":false,\
                "in_door_zone":false,"passenger_present":true}
                """);
        assertThat(rules("try", file.toString()).lines())
                .contains(
                        "2026-11-22T00:00:00Z,B-1,over-pressure,CRITICAL,found,equipment.rated_pressure_mpa=1.0 kind=steam steam_pressure_mpa=1.2")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("2026-11-22T00:00:30Z,E-1,entrapment,EMERGENCY,\"found, by the clock\""));
        Files.writeString(file, "{\"stream\":\"boiler-status\"}\n");
        assertThat(rules("try", file.toString()).lines())
                .singleElement()
                .asString()
                .startsWith("tean: " + file + ":1: ");
    }

    @Test
    void stored_readings_are_played_and_nothing_is_changed_by_it() throws Exception {
        DATABASE.execute("""
                INSERT INTO equipment (equipment_id, code, category, name) OVERRIDING SYSTEM VALUE VALUES (1, 'E-1', 'elevator', '一号梯');
                INSERT INTO elevator_event (time, equipment_id, code, sequence) VALUES ('2026-11-22 00:00:00Z', 1, 11, 1);
                """);
        Ran played = rules(
                "try",
                "--from",
                "2026-11-22T07:00:00+08:00",
                "--until",
                "2026-11-22T09:00:00+08:00",
                "--equipment",
                "E-1",
                "--rule",
                "entrapment");
        assertThat(played.lines()).contains("2026-11-22T00:00:00Z,E-1,entrapment,EMERGENCY,found,code=11");
        assertThat(DATABASE.number("SELECT count(*) FROM alert")).isZero();
        assertThat(rules("try", "--from", "2026-11-22T07:00:00+08:00", "--equipment", "NOBODY")
                        .lines())
                .last()
                .asString()
                .isEqualTo("tean: no equipment 'NOBODY' in the register; bin/tean equipment list names them");
    }

    private static String rule(String when) {
        return """
                rule: hot
                version: 1
                effective: 2026-11-22
                subject: machine
                severity: NOTICE
                dispatch: use-unit
                title: {zh: 热, en: hot}
                advice: {zh: 热, en: hot}
                source: a test
                clause: {zh: "-", en: "-"}
                mark: derived
                on: [{stream: boiler-status, when: "%s"}]
                examples: {fires: [{name: x}], silent: [{name: y}]}
                """.formatted(when);
    }

    /** Without the warnings of the JVM about its libraries, which bin/tean turns off. */
    private static Ran rules(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "rules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Ran ran = Ran.tean(DATABASE, all);
        List<String> lines =
                ran.lines().stream().filter(l -> !l.startsWith("WARNING: ")).toList();
        return new Ran(ran.exit(), lines);
    }
}
