package io.tean.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SweepExamplesIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final List<Rule> SWEEPS = RuleCatalogue.builtIn(StreamCatalogue.builtIn()).all().stream()
            .filter(rule -> rule.sweep().isPresent())
            .toList();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @TestFactory
    Stream<DynamicTest> each_example_lists_exactly_its_subjects() {
        return SWEEPS.stream()
                .flatMap(rule -> rule.examples().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                rule + ": " + example.name(),
                                () -> assertThat(subjects(rule, example))
                                        .containsExactlyInAnyOrderElementsOf(example.subjects()))));
    }

    @TestFactory
    Stream<DynamicTest> an_example_that_fires_names_its_subjects_and_a_counter_example_none() {
        return SWEEPS.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(rule.examples())
                                .allSatisfy(example -> assertThat(example.fires())
                                        .isEqualTo(!example.subjects().isEmpty()))));
    }

    @TestFactory
    Stream<DynamicTest> a_sweep_selects_what_the_engine_reads() {
        return SWEEPS.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(columns(rule))
                                .containsExactly(
                                        "subject text",
                                        "equipment_id int4",
                                        "organisation_id int4",
                                        "division_code text",
                                        "since timestamptz",
                                        "facts jsonb")));
    }

    @TestFactory
    Stream<DynamicTest> a_sweep_goes_by_the_clock_that_can_be_set() {
        return SWEEPS.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(sql(rule).replace("tean_now()", ""))
                                .doesNotContain("now()", "clock_timestamp", "current_date", "CURRENT_")));
    }

    private static Collection<String> subjects(Rule rule, Example example) throws SQLException {
        List<String> subjects = new ArrayList<>();
        try (Connection connection = DATABASE.owner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(example.given());
            try (ResultSet row = statement.executeQuery(sql(rule))) {
                while (row.next()) {
                    subjects.add(row.getString("subject"));
                    assertThat(row.getObject("since")).isNotNull();
                    assertThat(row.getString("facts")).startsWith("{");
                }
            }
            connection.rollback();
        }
        return subjects;
    }

    private static List<String> columns(Rule rule) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = DATABASE.owner();
                PreparedStatement statement = connection.prepareStatement(sql(rule))) {
            ResultSetMetaData row = statement.getMetaData();
            // The driver calls a column that counts itself by another name.
            for (int i = 1; i <= row.getColumnCount(); i++) {
                columns.add(
                        row.getColumnName(i) + " " + row.getColumnTypeName(i).replace("serial", "int4"));
            }
        }
        return columns;
    }

    private static String sql(Rule rule) {
        return rule.sweep().orElseThrow().sql();
    }
}
