package io.tean.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cel.compiler.CelCompiler;
import io.tean.core.alert.RuleBook;
import io.tean.core.alert.Severity;
import io.tean.core.stream.CodeLabel;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCatalogueTest {
    private static final StreamCatalogue STREAMS = StreamCatalogue.builtIn();
    private static final RuleCatalogue RULES = RuleCatalogue.builtIn(STREAMS);
    private static final Map<String, CelCompiler> COMPILERS = new HashMap<>();
    private static final String GOOD = """
            rule: too-fast
            version: 1
            effective: 2026-11-22
            subject: machine
            severity: WARNING
            dispatch: maintenance
            title: {zh: 超速, en: Too fast}
            advice: {zh: 检查, en: Look}
            source: ours
            clause: {zh: 无, en: none}
            mark: derived
            on:
              - stream: elevator-status
                when: speed_mps > 1.2 * equipment.rated_speed_mps
            examples:
              fires:
                - name: fast
                  readings: []
              silent:
                - name: slow
                  readings: []
            """;

    @TempDir
    Path folder;

    @Test
    void for_people_each_rule_says_what_it_asks_by_example_and_where_it_lies() {
        List<RuleBook.Entry> entries = RULES.entries();
        assertThat(entries).extracting(RuleBook.Entry::name).containsExactlyElementsOf(RULES.names(rule -> true));
        // That one asks nothing of its own.
        entries = entries.stream()
                .filter(entry -> !entry.name().equals(RuleCatalogue.BLIND))
                .toList();
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.origin().file()).endsWith("/rules/" + entry.name() + ".yaml");
            assertThat(entry.examples()).anyMatch(RuleBook.Sample::fires);
            switch (entry.says()) {
                case RuleBook.Says.Conditions(List<RuleBook.Condition> each) ->
                    assertThat(each)
                            .isNotEmpty()
                            .noneMatch(condition -> condition.when().contains("\n"));
                case RuleBook.Says.Query query -> assertThat(query.sql()).contains("SELECT");
            }
        });
    }

    @Test
    void the_built_in_rules_are_those_that_the_issue_asks_for() {
        assertThat(RULES.all())
                .extracting(Rule::name)
                .contains(
                        "entrapment",
                        "unintended-car-movement",
                        "over-pressure",
                        "cylinder-overfill",
                        "fabricated-weights",
                        "maintenance-overdue",
                        "device-silent",
                        RuleCatalogue.BLIND)
                .hasSizeGreaterThan(50);
    }

    @Test
    void every_fault_and_alarm_of_an_elevator_is_found_by_some_rule() {
        Map<String, List<String>> found = new TreeMap<>();
        codes("fault", "alarm").forEach(code -> found.put(code, found(Long.parseLong(code))));
        assertThat(found)
                .hasSizeGreaterThan(25)
                .allSatisfy((code, rules) -> assertThat(rules).as(code).isNotEmpty());
        assertThat(found)
                .containsEntry("11", List.of("entrapment"))
                .containsEntry("1006", List.of("door-lock-bridged"));
    }

    @Test
    void what_is_neither_fault_nor_alarm_calls_nobody_but_for_power_and_e_bikes() {
        assertThat(codes("event").filter(code -> !found(Long.parseLong(code)).isEmpty()))
                .containsExactlyInAnyOrder("41", "1007");
    }

    @Test
    void only_those_who_may_be_hurt_or_trapped_now_make_an_emergency() {
        assertThat(RULES.all().stream().filter(rule -> rule.severity() == Severity.EMERGENCY))
                .extracting(Rule::name)
                .containsExactly("entrapment", "unintended-car-movement");
    }

    @Test
    void a_condition_of_events_without_an_end_is_closed_by_a_person() {
        assertThat(RULES.all())
                .filteredOn(rule -> !rule.conditions().isEmpty()
                        && rule.conditions().stream()
                                .allMatch(c -> isOfEvents(c) && c.clear().isEmpty()))
                .isNotEmpty()
                .allMatch(Rule::byPerson);
    }

    @Test
    void the_rule_of_the_engine_has_neither_conditions_nor_a_query() {
        Rule blind = RULES.rule(RuleCatalogue.BLIND).orElseThrow();
        assertThat(blind.conditions()).isEmpty();
        assertThat(blind.sweep()).isEmpty();
    }

    @Test
    void a_rule_of_a_site_takes_the_place_of_the_built_in_one() throws IOException {
        write("car-overspeed.yaml", GOOD.replace("too-fast", "car-overspeed"));
        RuleCatalogue rules = RuleCatalogue.load(STREAMS, List.of(folder));
        assertThat(rules.rule("car-overspeed").orElseThrow().title().en()).isEqualTo("Too fast");
        assertThat(rules.all()).hasSameSizeAs(RULES.all());
    }

    @Test
    void a_good_file_is_a_rule() throws IOException {
        write("too-fast.yaml", GOOD);
        assertThat(RuleCatalogue.load(STREAMS, List.of(folder)).rule("too-fast"))
                .isPresent();
    }

    @Test
    void an_unknown_key_is_told_with_those_that_are_known() {
        assertThat(problem(GOOD.replace("clause: {zh: 无, en: none}", "clauses: none")))
                .startsWith("10:")
                .contains("unknown key clauses, known are")
                .contains("clause");
    }

    @Test
    void a_number_compared_with_a_text_is_told_at_its_place() {
        assertThat(problem(GOOD.replace("speed_mps > 1.2 * equipment.rated_speed_mps", "speed_mps > 'fast'")))
                .startsWith("14:21:")
                .contains("no matching overload for '_>_'");
    }

    @Test
    void a_name_that_nothing_has_is_told_at_its_place_in_a_block() {
        assertThat(problem(GOOD.replace(
                        "speed_mps > 1.2 * equipment.rated_speed_mps",
                        ">-\n      speed_mps > 1.0\n      && colour == 'red'")))
                .startsWith("15:")
                .contains("undeclared reference to 'colour'");
    }

    @Test
    void a_condition_that_is_neither_true_nor_false_is_told() {
        assertThat(problem(GOOD.replace("speed_mps > 1.2 * equipment.rated_speed_mps", "speed_mps + 1.0")))
                .startsWith("14:")
                .contains("expected type 'bool'");
    }

    @Test
    void a_division_by_a_value_could_fail_and_is_told_with_the_way_out() {
        assertThat(problem(GOOD.replace("speed_mps > 1.2 * equipment.rated_speed_mps", "speed_mps / load_kg > 1.0")))
                .startsWith("14:")
                .contains("multiply the other side");
    }

    @Test
    void a_function_that_may_fail_is_told_with_those_that_may_not() {
        assertThat(problem(GOOD.replace("speed_mps > 1.2 * equipment.rated_speed_mps", "car_position.matches('[')")))
                .startsWith("14:")
                .contains("'matches' is not for rules")
                .contains("startsWith");
    }

    @Test
    void an_unknown_stream_is_told_with_those_that_are_known() {
        assertThat(problem(GOOD.replace("stream: elevator-status", "stream: crane-status")))
                .startsWith("13:13:")
                .contains("stream crane-status is not declared")
                .contains("elevator-status");
    }

    @Test
    void a_wrong_severity_is_told_with_those_that_are_known() {
        assertThat(problem(GOOD.replace("severity: WARNING", "severity: RED")))
                .startsWith("5:11:")
                .contains("severity is RED, known are")
                .contains("EMERGENCY");
    }

    @Test
    void a_key_that_stands_twice_is_told() {
        assertThat(problem(GOOD.replace("clause: {zh: 无, en: none}", "clause: {zh: 无, en: none}\nclause: other")))
                .startsWith("11:")
                .containsIgnoringCase("duplicate");
    }

    @Test
    void a_missing_counter_example_is_told() {
        assertThat(problem(GOOD.substring(0, GOOD.indexOf("  silent:"))))
                .contains("examples/silent is missing: a rule needs an example and a counter-example");
    }

    @Test
    void a_rule_that_asks_nothing_is_told() {
        assertThat(problem(GOOD.replaceFirst("on:\n.*\n.*\n", "")))
                .startsWith("1:7:")
                .contains("on: with conditions, or every: and sql:");
    }

    @Test
    void an_emergency_that_closes_itself_is_told() {
        assertThat(problem(GOOD.replace("severity: WARNING", "severity: EMERGENCY\ncloses: when_cleared")))
                .startsWith("6:9:")
                .contains("an emergency is closed by a person");
    }

    @Test
    void a_second_file_with_the_same_rule_is_told_with_the_name_that_it_should_have() throws IOException {
        write("too-fast.yaml", GOOD);
        write("x-too-fast.yaml", GOOD);
        assertThat(lines(List.of(folder)))
                .containsExactly(folder.resolve("x-too-fast.yaml")
                        + ":1:7: too-fast stands in a file of another name; call it too-fast.yaml");
    }

    @Test
    void the_rule_of_the_engine_cannot_be_given_conditions() throws IOException {
        write(RuleCatalogue.BLIND + ".yaml", GOOD.replace("too-fast", RuleCatalogue.BLIND));
        assertThat(lines(List.of(folder))).singleElement().asString().contains("raised by the engine itself");
    }

    @Test
    void every_broken_file_of_a_folder_is_told() throws IOException {
        write("a.yaml", "rule: [");
        write("b.yaml", GOOD.replace("too-fast", "b").replace("severity: WARNING", "severity: RED"));
        assertThat(lines(List.of(folder)))
                .hasSize(2)
                .allMatch(line -> line.matches(".*/[ab]\\.yaml:\\d+:\\d+: .+"), "names file, line and column");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertThat(lines(List.of(folder.resolve("none"))))
                .singleElement()
                .asString()
                .contains("cannot read the folder of alert rules");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** The one line that is told of it, from the line number on. */
    private static String problem(String text) {
        List<String> problems = new ArrayList<>();
        assertThat(new RuleFile("too-fast.yaml", text, STREAMS, COMPILERS, problems).read())
                .isEmpty();
        assertThat(problems).singleElement().asString().startsWith("too-fast.yaml:");
        return problems.getFirst().substring("too-fast.yaml:".length());
    }

    private static List<String> lines(List<Path> folders) {
        RuleException thrown = catchThrowableOfType(RuleException.class, () -> RuleCatalogue.load(STREAMS, folders));
        return String.valueOf(thrown.getMessage()).lines().toList();
    }

    private static Stream<String> codes(String... groups) {
        Map<String, CodeLabel> codes = STREAMS.stream("elevator-event")
                .orElseThrow()
                .field("code")
                .orElseThrow()
                .codes();
        return codes.entrySet().stream()
                .filter(code -> Arrays.asList(groups).contains(code.getValue().group()))
                .map(Map.Entry::getKey);
    }

    /** Rules that an event with this code fulfils, of which nothing more is known. */
    private static List<String> found(long code) {
        Values event = name -> switch (name) {
            case "code" -> code;
            case "sequence" -> 1L;
            default -> name.startsWith(Vocabulary.KNOWN) ? (Object) name.equals("known.code") : null;
        };
        return RULES.all().stream()
                .filter(rule -> rule.conditions().stream()
                        .filter(c -> c.stream().equals("elevator-event"))
                        .anyMatch(c -> c.when().ask(event) == Truth.TRUE
                                && c.unless().stream().noneMatch(e -> e.ask(event) == Truth.TRUE)))
                .map(Rule::name)
                .toList();
    }

    private static boolean isOfEvents(Condition condition) {
        return !STREAMS.stream(condition.stream()).orElseThrow().key().isEmpty();
    }
}
