package io.tean.app.city;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.submission.SubmissionQuery;
import io.tean.register.Register;
import io.tean.register.intake.Imported;
import io.tean.register.regulation.RegulationBook;
import io.tean.simulators.Simulators;
import io.tean.simulators.city.CityPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A made-up city is taken in, and its planted gaps are found: all of them and nothing else. */
class CityIT {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final List<String> FILES = List.of(
            "organisations",
            "equipment",
            "states",
            "contracts",
            "operators",
            "cylinders",
            "plans",
            "suspensions",
            "inspections",
            "visits",
            "submissions");
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Map<String, List<JsonNode>> TRUTH = new HashMap<>();
    private static final Map<String, Imported> TAKEN = new HashMap<>();

    @TempDir
    static Path folder;

    private static Register register() {
        // As of the evening: the files are of that day.
        return new Register(
                DATABASE.pool(),
                RegulationBook.builtIn(),
                new SimpleMeterRegistry(),
                () -> Instant.parse("2026-11-22T12:00:00Z"));
    }

    @BeforeAll
    static void takeIn() throws IOException {
        Simulators.writeCity(new CityPlan(3, DAY, CityPlan.counts(0.003, Map.of()), Optional.empty()), folder);
        for (String line : Files.readAllLines(folder.resolve("truth.jsonl"))) {
            JsonNode truth = new JsonMapper().readTree(line);
            TRUTH.computeIfAbsent(truth.get("kind").asString(), ignored -> new ArrayList<>())
                    .add(truth);
        }
        DATABASE.execute("INSERT INTO simulated_clock (at) VALUES ('2026-11-22T12:00:00Z')");
        try (Register register = register()) {
            for (String file : FILES) {
                TAKEN.put(file, register.imports().runWhole(file, folder.resolve(file + ".csv"), Actor.command()));
            }
            register.workOffDuties(DATABASE.pool());
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void every_row_of_every_file_is_taken_in() {
        assertThat(TAKEN).hasSize(FILES.size());
        assertThat(TAKEN.values()).allSatisfy(taken -> {
            assertThat(taken.added() + taken.changed()).isPositive();
            assertThat(taken.refused()).isZero();
        });
    }

    @Test
    void the_same_files_again_change_nothing() {
        try (Register register = register()) {
            for (String file : FILES) {
                Imported again = register.imports().runWhole(file, folder.resolve(file + ".csv"), Actor.command());
                assertThat(again.added() + again.changed()).as(file).isZero();
            }
        }
    }

    @Test
    void machines_that_are_late_for_maintenance_are_found() {
        assertThat(rows("""
                SELECT e.code || ' ' || d.due_on FROM duty d JOIN equipment e USING (equipment_id)
                WHERE d.kind = 'MAINTENANCE' AND d.from_on <= '2026-11-22' AND d.until_on > '2026-11-22' AND d.due_on < '2026-11-22'
                """)).containsExactlyElementsOf(planted("maintenance-overdue", "equipment_code", "due_on"));
    }

    @Test
    void machines_that_are_due_soon_for_maintenance_are_found() {
        assertThat(rows("""
                SELECT e.code || ' ' || d.due_on FROM duty d JOIN equipment e USING (equipment_id)
                WHERE d.kind = 'MAINTENANCE' AND d.from_on <= '2026-11-22' AND d.until_on > '2026-11-22'
                  AND d.due_on BETWEEN '2026-11-22' AND '2026-11-25'
                """)).containsExactlyElementsOf(planted("maintenance-due-soon", "equipment_code", "due_on"));
    }

    @Test
    void machines_outside_their_inspection_validity_are_found() {
        assertThat(rows("""
                SELECT e.code || ' ' || m.due_on FROM periodic_inspection_missing('2026-11-22') m JOIN equipment e USING (equipment_id)
                """)).containsExactlyElementsOf(planted("inspection-overdue", "equipment_code", "due_on"));
    }

    @Test
    void a_machine_without_a_date_to_count_from_is_due_on_the_day_on_which_it_was_registered() {
        assertThat(rows("""
                SELECT e.code || ' ' || (d.due_on = d.from_on) FROM duty d JOIN equipment e USING (equipment_id)
                WHERE d.kind = 'INSPECTION' AND d.rule LIKE '%-no-date' AND d.until_on = 'infinity'
                """))
                .isEqualTo(planted("no-date", "equipment_code").stream()
                        .map(code -> code + " true")
                        .toList());
    }

    @Test
    void machines_that_nobody_submitted_are_found() {
        assertThat(rows("""
                SELECT e.code FROM periodic_inspection_missing('2026-11-22') m JOIN equipment e USING (equipment_id)
                WHERE NOT EXISTS (SELECT FROM submission s WHERE s.equipment_id = m.equipment_id
                                  AND s.reported_on IS NULL AND s.state <> 'REFUSED')
                """)).containsExactlyElementsOf(planted("never-submitted", "equipment_code"));
    }

    @Test
    void submissions_whose_agreed_day_passed_without_a_report_are_found() {
        assertThat(rows("SELECT submission_no FROM submitted_inspection_missing('2024-01-01', '2026-11-22')"))
                .containsExactlyElementsOf(planted("agreed-not-inspected", "submission_no"));
    }

    /** What was returned waits for its use unit, which no law gives a day; its machine is overdue. */
    @Test
    void submissions_that_wait_for_a_step_too_long_are_found_by_the_rule_and_returned_ones_are_open() {
        TreeSet<String> late = new TreeSet<>(planted("agreed-not-inspected", "submission_no"));
        TreeSet<String> returned = new TreeSet<>();
        for (JsonNode submission : TRUTH.getOrDefault("submission-late", List.of())) {
            (submission.get("step").asString().equals("RETURNED") ? returned : late)
                    .add(submission.get("submission_no").asString());
        }
        assertThat(late)
                .hasSizeGreaterThan(
                        planted("agreed-not-inspected", "submission_no").size());
        assertThat(returned).isNotEmpty();
        assertThat(subjects("submission-late")).containsExactlyElementsOf(late);
        assertThat(rows("SELECT s.submission_no FROM submission s WHERE s.state = 'RETURNED' AND "
                        + SubmissionQuery.OPEN))
                .containsExactlyElementsOf(returned);
    }

    @Test
    void the_rules_of_duties_find_what_was_planted_and_nothing_else() {
        for (String rule : List.of("inspection-overdue", "maintenance-overdue", "maintenance-due-soon")) {
            assertThat(rows("SELECT code FROM (" + query(rule) + ") AS found JOIN equipment USING (equipment_id)"))
                    .as(rule)
                    .containsExactlyElementsOf(planted(rule, "equipment_code"));
        }
        assertThat(subjects("certificate-expired"))
                .containsExactlyElementsOf(planted("certificate-expired", "certificate_no"));
        assertThat(rows("SELECT visit_no FROM (" + query("visit-suspect")
                        + ") AS found JOIN maintenance_record ON record_id::text = subject"))
                .containsExactlyElementsOf(planted("suspect-visit", "visit_no"));
    }

    @Test
    void suspect_visits_are_found_with_their_reason() {
        Map<String, String> checks = Map.of("uncertified", "uncertified-worker", "worker-twice", "worker-elsewhere");
        TreeSet<String> expected = new TreeSet<>();
        for (JsonNode visit : TRUTH.getOrDefault("suspect-visit", List.of())) {
            String check = visit.get("check").asString();
            expected.add(visit.get("visit_no").asString() + " "
                    + checks.getOrDefault(check, check.equals("one-worker") ? "too-few-workers" : check));
        }
        assertThat(rows("""
                SELECT r.visit_no || ' ' || (SELECT string_agg(reason ->> 'check', ',') FROM jsonb_array_elements(v.reasons) AS each (reason))
                FROM maintenance_record r JOIN LATERAL (SELECT suspect, reasons FROM visit_verdict v WHERE v.record_id = r.record_id
                                                        ORDER BY verdict_id DESC LIMIT 1) v ON true
                WHERE v.suspect
                """)).containsExactlyElementsOf(expected);
    }

    @Test
    void cylinders_past_their_inspection_are_found() {
        assertThat(rows("""
                SELECT code FROM cylinder WHERE state = 'IN_USE' AND inspection_due_on < '2026-11-22'
                  AND (scrap_on IS NULL OR scrap_on >= '2026-11-22')
                """)).containsExactlyElementsOf(planted("cylinder-inspection-overdue", "cylinder_code"));
    }

    @Test
    void cylinders_past_their_scrap_date_are_found() {
        assertThat(rows("SELECT code FROM cylinder WHERE state = 'IN_USE' AND scrap_on < '2026-11-22'"))
                .containsExactlyElementsOf(planted("cylinder-past-scrap", "cylinder_code"));
    }

    @Test
    void certificates_that_have_ended_are_found() {
        assertThat(rows("""
                SELECT o.certificate_no FROM operator o JOIN operator_certificate c USING (operator_id)
                GROUP BY o.certificate_no, c.item HAVING max(c.until_on) <= '2026-11-22'
                """)).containsExactlyElementsOf(planted("certificate-expired", "certificate_no"));
    }

    @Test
    void the_counts_of_any_day_are_what_the_duties_say() {
        for (String day : List.of("2025-03-01", "2025-11-22", "2026-11-22", "2027-06-01")) {
            assertThat(rows("""
                    SELECT kind || ' ' || category || ' ' || sum(base) || ' ' || sum(inside) FROM duty_count WHERE day <= '%s'
                    GROUP BY kind, category HAVING sum(base) <> 0
                    """.formatted(day))).as(day).isNotEmpty().containsExactlyElementsOf(rows("""
                    SELECT kind || ' ' || category || ' ' || count(*) || ' ' || count(*) FILTER (WHERE due_on >= '%1$s') FROM duty
                    WHERE from_on <= '%1$s' AND until_on > '%1$s' GROUP BY kind, category
                    """.formatted(
                            day)));
        }
    }

    @Test
    void the_months_and_the_states_that_are_kept_are_what_a_count_gives() {
        for (String day : List.of("2025-03-01", "2025-11-22", "2026-11-22", "2027-06-01")) {
            assertThat(rows("""
                    SELECT kind || ' ' || sum(c.base) || ' ' || sum(c.inside)
                    FROM unnest('{INSPECTION,MAINTENANCE,SELF_TESTING}'::text[]) AS kind, duty_counts(kind, '%s') AS c GROUP BY kind
                    """.formatted(day))).as(day).isNotEmpty().containsExactlyElementsOf(rows("""
                    SELECT kind || ' ' || sum(base) || ' ' || sum(inside) FROM duty_count WHERE day <= '%s' GROUP BY kind
                    """.formatted(
                            day)));
            assertThat(rows("""
                    SELECT state || ' ' || division_code || ' ' || sum(machines) FROM state_count WHERE day <= '%s'
                    GROUP BY state, division_code HAVING sum(machines) <> 0
                    """.formatted(day))).as(day).isNotEmpty().containsExactlyElementsOf(rows("""
                    SELECT s.state || ' ' || coalesce(e.division_code, '') || ' ' || count(*)
                    FROM equipment_state s JOIN equipment e USING (equipment_id)
                    WHERE s.from_on <= '%1$s' AND s.until_on > '%1$s' GROUP BY s.state, coalesce(e.division_code, '')
                    """.formatted(
                            day)));
        }
    }

    @Test
    void computing_the_whole_city_anew_gives_the_same_rows() {
        List<String> duties = rows("SELECT duty::text FROM duty");
        List<String> counts = rows("SELECT duty_count::text FROM duty_count WHERE (base, inside) <> (0, 0)");
        DATABASE.execute(
                "TRUNCATE duty, duty_count; INSERT INTO duty_stale (equipment_id) SELECT equipment_id FROM equipment");
        try (Register register = register()) {
            assertThat(register.workOffDuties(DATABASE.pool())).isPositive();
        }
        assertThat(rows("SELECT duty::text FROM duty")).isEqualTo(duties);
        assertThat(rows("SELECT duty_count::text FROM duty_count WHERE (base, inside) <> (0, 0)"))
                .isEqualTo(counts);
    }

    /** What a rule's own query lists on the evening of the day. */
    private static List<String> subjects(String rule) {
        return rows("SELECT subject FROM (" + query(rule) + ") AS found");
    }

    private static String query(String rule) {
        return RuleCatalogue.builtIn(StreamCatalogue.builtIn())
                .rule(rule)
                .flatMap(Rule::sweep)
                .orElseThrow()
                .sql();
    }

    private static List<String> planted(String kind, String... fields) {
        assertThat(TRUTH).containsKey(kind);
        return TRUTH.getOrDefault(kind, List.of()).stream()
                .map(truth -> String.join(
                        " ",
                        List.of(fields).stream()
                                .map(field -> truth.get(field).asString())
                                .toList()))
                .sorted()
                .toList();
    }

    private static List<String> rows(String sql) {
        String all = DATABASE.text("SELECT coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE \"C\"), '') FROM ("
                + sql + ") AS answer (line)");
        return all.isEmpty() ? List.of() : List.of(all.split("\n", -1));
    }
}
