package io.tean.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.settings.Settings;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaIT {
    private final TestDatabase database = TestDatabase.empty();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void migrating_twice_changes_nothing_the_second_time() {
        assertThat(schema(StreamCatalogue.builtIn()).migrate()).isNotEmpty();
        assertThat(schema(StreamCatalogue.builtIn()).migrate()).isEmpty();
    }

    @Test
    void a_reader_without_a_password_or_with_another_role_is_refused_before_anything_changes() {
        for (String reader : List.of("Grafana", database.settings().db().user())) {
            var environment = database.environment();
            environment.put("TEAN_DB_READER", reader);
            Schema schema = new Schema(Settings.read(environment).db(), StreamCatalogue.builtIn());
            assertThatThrownBy(schema::migrate)
                    .hasMessageContaining("TEAN_DB_READER_PASSWORD is missing")
                    .hasMessageContaining("TEAN_DB_READER is '" + reader + "'");
        }
        assertThat(database.text("SELECT to_regclass('equipment')")).isEqualTo("null");
    }

    @Test
    void the_service_is_told_what_server_it_has() throws SQLException {
        Schema schema = schema(StreamCatalogue.builtIn());
        schema.migrate();
        try (Connection connection = database.pool().getConnection()) {
            assertThat(schema.requireFit(connection).toString()).contains("PostgreSQL", "TimescaleDB", "edition");
        }
    }

    @Test
    void the_service_refuses_a_schema_that_was_never_migrated() throws SQLException {
        database.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
        assertRefused(StreamCatalogue.builtIn(), "run bin/tean migrate");
    }

    @Test
    void the_service_refuses_a_schema_that_is_newer_than_itself() throws SQLException {
        schema(StreamCatalogue.builtIn()).migrate();
        database.execute("INSERT INTO schema_history SELECT 1000, '999', 'future', 'SQL', 'x', 0, 'x', now(), 1, true");
        assertRefused(StreamCatalogue.builtIn(), "newer than this Tean");
    }

    @Test
    void the_service_refuses_the_role_of_the_owner() throws SQLException {
        Schema schema = schema(StreamCatalogue.builtIn());
        schema.migrate();
        try (Connection connection = database.owner()) {
            assertThatThrownBy(() -> schema.requireFit(connection)).hasMessageContaining("may change the schema");
        }
    }

    @Test
    void the_service_refuses_a_server_that_may_lose_commits() throws SQLException {
        Schema schema = schema(StreamCatalogue.builtIn());
        schema.migrate();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            assertThatThrownBy(() -> schema.requireFit(connection)).hasMessageContaining("synchronous_commit = off");
        }
    }

    @Test
    void the_role_of_the_service_cannot_change_the_schema() throws SQLException {
        schema(StreamCatalogue.builtIn()).migrate();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String ddl : List.of(
                    "CREATE TABLE mine (a int)",
                    "ALTER TABLE equipment ADD COLUMN b int",
                    "DROP TABLE elevator_event")) {
                assertThatThrownBy(() -> statement.execute(ddl)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void a_new_optional_field_becomes_a_column() throws Exception {
        schema(withField("{name: a, type: int, min: 0, max: 9, label: {zh: 甲, en: A}}"))
                .migrate();
        assertThat(schema(withFields(
                                "{name: a, type: int, min: 0, max: 9, label: {zh: 甲, en: A}}",
                                "{name: b, type: list, max_length: 5, max_items: 3, label: {zh: 乙, en: B}}"))
                        .migrate())
                .containsExactly("added column test_stream.b");
    }

    @Test
    void a_new_number_widens_the_summaries_too() throws Exception {
        schema(withField("{name: a, type: bool, label: {zh: 甲, en: A}}")).migrate();
        StreamCatalogue wider = withFields(
                "{name: a, type: bool, label: {zh: 甲, en: A}}",
                "{name: b, type: int, min: 0, max: 9, label: {zh: 乙, en: B}}");
        assertThat(schema(wider).migrate())
                .hasSize(9)
                .contains("added column test_stream_hour.b_sum", "added column test_stream_day.b_n");
        assertThat(schema(wider).migrate()).isEmpty();
    }

    @Test
    void an_index_is_made_with_its_table_or_later_and_once() throws Exception {
        schema(StreamCatalogue.builtIn()).migrate();
        String made = "SELECT count(*) FROM pg_indexes WHERE indexname = 'cylinder_fill_cylinder_code'";
        assertThat(database.number(made)).isEqualTo(1);
        database.execute("DROP INDEX cylinder_fill_cylinder_code");
        assertThat(schema(StreamCatalogue.builtIn()).migrate())
                .containsExactly("created index cylinder_fill_cylinder_code");
        assertThat(schema(StreamCatalogue.builtIn()).migrate()).isEmpty();
        assertThat(database.number(made)).isEqualTo(1);
    }

    @Test
    void a_changed_type_is_refused() throws Exception {
        schema(withField("{name: a, type: int, min: 0, max: 9, label: {zh: 甲, en: A}}"))
                .migrate();
        StreamCatalogue changed = withField("{name: a, type: real, min: 0, max: 9, label: {zh: 甲, en: A}}");
        assertThatThrownBy(() -> schema(changed).migrate())
                .hasMessageContaining("field a is stored as bigint and declared as double precision");
    }

    @Test
    void a_new_required_field_is_refused() throws Exception {
        schema(withField("{name: a, type: bool, label: {zh: 甲, en: A}}")).migrate();
        StreamCatalogue changed = withFields(
                "{name: a, type: bool, label: {zh: 甲, en: A}}",
                "{name: b, type: bool, required: true, label: {zh: 乙, en: B}}");
        assertThatThrownBy(() -> schema(changed).migrate()).hasMessageContaining("declare it without required");
    }

    @Test
    void a_declaration_that_was_not_migrated_is_refused_by_the_service() throws Exception {
        schema(StreamCatalogue.builtIn()).migrate();
        assertRefused(withField("{name: a, type: bool, label: {zh: 甲, en: A}}"), "table test_stream is missing");
    }

    private void assertRefused(StreamCatalogue catalogue, String why) throws SQLException {
        try (Connection connection = database.owner()) {
            assertThatThrownBy(() -> schema(catalogue).requireFit(connection)).hasMessageContaining(why);
        }
    }

    private Schema schema(StreamCatalogue catalogue) {
        return new Schema(database.settings().db(), catalogue);
    }

    private StreamCatalogue withField(String field) throws IOException {
        return withFields(field);
    }

    private StreamCatalogue withFields(String... fields) throws IOException {
        Files.writeString(folder.resolve("test-stream.yaml"), """
                stream: test-stream
                title: {zh: 试验, en: Test}
                equipment: [elevator]
                source: a test
                mark: derived
                version: 1
                effective: 2026-01-01
                fields:
                  - %s
                example: {time: "2026-01-01T00:00:00Z"}
                """.formatted(String.join("\n  - ", fields)));
        return StreamCatalogue.load(List.of(folder));
    }
}
