package io.tean.register.regulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegulationBookTest {
    private static final String ENTRY = """
            - code: test-check
              title: {zh: 测试, en: Test}
              clause: {zh: 条款, en: a clause}
              source: "a test"
              mark: derived
              version: 1
              effective_from: 2020-01-01
              effective_to: 2020-12-31
              asks: inspection
              applies: {categories: [test-machine]}
              fulfilled_by: [YEARLY_CHECK]
              rule: {cycle: {months: 12}}
            """;

    @TempDir
    Path folder;

    @Test
    void the_entries_of_the_house_load() {
        assertThat(RegulationBook.builtIn().all())
                .extracting(Regulation::code)
                .contains("elevator-periodic", "maintenance-half-month", "cylinder-lpg", "certificate-renewal");
    }

    @Test
    void for_people_each_entry_is_said_in_both_languages() {
        RegulationBook book = RegulationBook.builtIn();
        assertThat(book.entries()).hasSameSizeAs(book.all()).allSatisfy(entry -> {
            assertThat(entry.says().zh()).containsPattern("\\p{IsHan}");
            assertThat(entry.says().en()).doesNotContainPattern("\\p{IsHan}");
        });
        assertThat(book.entries())
                .filteredOn(entry -> entry.code().equals("maintenance-half-month"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.says().zh()).startsWith("15 日内，或按经批准的方案"));
    }

    @Test
    void a_later_version_is_found_by_the_day() {
        RegulationBook book = RegulationBook.builtIn();
        assertThat(book.entry("elevator-periodic", LocalDate.of(2024, 4, 1))
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
        assertThat(book.entry("elevator-periodic", LocalDate.of(2024, 4, 2))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void a_limit_is_an_amount_with_a_unit() {
        assertThat(RegulationBook.builtIn().limit("agree-date", LocalDate.of(2026, 1, 1)))
                .isEqualTo(new Rule.Limit(5, Rule.Unit.WORKING_DAYS));
    }

    @Test
    void an_unknown_limit_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegulationBook.builtIn().limit("agree-dat", LocalDate.of(2026, 1, 1)))
                .withMessageContaining("agree-dat");
    }

    @Test
    void a_folder_of_the_site_adds_entries_and_versions() throws IOException {
        String second = ENTRY.replace("version: 1", "version: 2").replace("2020-", "2021-");
        write("site.yaml", ENTRY + second);
        RegulationBook book = RegulationBook.load(List.of(folder));
        assertThat(book.entry("test-check", LocalDate.of(2021, 1, 1))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
        assertThat(book.entry("test-check", LocalDate.of(2022, 1, 1))).isEmpty();
    }

    @Test
    void versions_whose_days_overlap_are_refused_with_the_line_of_the_second() throws IOException {
        Path file = write("site.yaml", ENTRY + ENTRY.replace("version: 1", "version: 2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegulationBook.load(List.of(folder)))
                .withMessageStartingWith(file + ":13: test-check version 2");
    }

    @Test
    void the_problems_of_all_entries_and_files_are_reported_at_once() throws IOException {
        Path one = write(
                "one.yaml",
                ENTRY.replace("mark: derived", "mark: guessed")
                        + ENTRY.replace("test-check", "other").replace("version: 1", "version: 0"));
        Path two = write("two.yaml", "code: not a list");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegulationBook.load(List.of(folder)))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .hasSize(3)
                        .anySatisfy(
                                line -> assertThat(line).startsWith(one + ":5:").contains("guessed"))
                        .anySatisfy(line -> assertThat(line).startsWith(one + ":18: other: version"))
                        .anySatisfy(line -> assertThat(line).startsWith(two + ":1: a list")));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            code: test-check             | code: Test_Check                 | 1  | code: a name in kebab-case
            title: {zh: 测试, en: Test}  | title: {zh: 测试, en: ''}        | 2  | a label needs both
            clause: {zh: 条款, en: a clause} | clause:                       | 3  | clause: missing
            mark: derived                | mark: derived, colour            | 5  | colour
            version: 1                   | colour: red                      | 6  | unknown key colour
            effective_from: 2020-01-01   | effective_from: soon             | 7  | soon
            effective_to: 2020-12-31     | effective_to: 2019-12-31         | 8  | is before effective_from
            asks: inspection             | asks: tea                        | 9  | tea
            asks: inspection             | asks: maintenance                | 12 | does not fit asks: maintenance
            {categories: [test-machine]} | {}                               | 10 | categories are needed
            [YEARLY_CHECK]               | [TEA_BREAK]                      | 11 | TEA_BREAK is unknown
            {cycle: {months: 12}}        | {spiral: {turns: 2}}             | 12 | unknown key spiral
            {cycle: {months: 12}}        | {cycle: {}}                      | 12 | either months
            {cycle: {months: 12}}        | {cycle: {months: 12, days: 3}}   | 12 | either months
            {cycle: {months: 12}}        | {cycle: {months: 0}}             | 12 | from 1
            {cycle: {months: 12}}        | {grid: {years: [4, 1]}}          | 12 | years must ascend
            {cycle: {months: 12}}        | {limit: {amount: 3}}             | 12 | amount and unit
            {cycle: {months: 12}}        | {}                               | 12 | exactly one of
            """)
    void an_entry_that_cannot_work_is_refused_with_its_line(String old, String broken, int line, String problem)
            throws IOException {
        assertThat(ENTRY).contains(old);
        Path file = write("site.yaml", ENTRY.replace(old, broken));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegulationBook.load(List.of(folder)))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .anySatisfy(each -> assertThat(each)
                                .startsWith(file + ":" + line + ":")
                                .contains(problem)));
    }

    @Test
    void what_is_not_known_of_a_machine_excludes_nothing() throws IOException {
        Applies yearly = RegulationBook.builtIn()
                .entry("crane-yearly", LocalDate.of(2026, 1, 1))
                .orElseThrow()
                .applies();
        var none = java.util.Map.<String, String>of();
        assertThat(yearly.to(java.util.Optional.empty(), java.util.Optional.empty(), none))
                .isTrue();
        assertThat(yearly.to(java.util.Optional.of("4310"), java.util.Optional.of("2014"), none))
                .isTrue();
        assertThat(yearly.to(java.util.Optional.of("4110"), java.util.Optional.of("2014"), none))
                .isFalse();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}
