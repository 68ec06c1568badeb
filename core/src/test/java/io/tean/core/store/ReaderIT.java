package io.tean.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.stream.StreamCatalogue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the role of Grafana sees, and what not. */
class ReaderIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String DENIED = "42501";
    private static final String READ_ONLY = "25006";

    @BeforeAll
    static void fill() {
        migrate();
        DATABASE.execute("""
                INSERT INTO equipment (code, category, name, division_code, site_address) VALUES ('ELV-1', 'elevator', '1 号梯', '320505', '地址');
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running, car_position, speed_mps)
                VALUES (1, now(), 'normal', TRUE, '12', 1.5);
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static List<String> migrate() {
        return new Schema(DATABASE.settingsWithReader().db(), StreamCatalogue.builtIn()).migrate();
    }

    @Test
    void every_view_of_its_schema_answers() throws SQLException {
        List<String> views =
                names("SELECT relname FROM pg_class WHERE relnamespace = 'grafana'::regnamespace AND relkind = 'v'");
        assertThat(views)
                .hasSizeGreaterThan(20)
                .contains("reading", "reading_elevator_status", "rescue_case", "backlog");
        for (String view : views) {
            assertThat(failure("SELECT * FROM grafana." + view)).as(view).isEqualTo("none");
        }
    }

    @Test
    void every_function_of_its_schema_may_be_called() {
        assertThat(DATABASE.number("""
                SELECT count(*) FROM pg_proc WHERE pronamespace = 'grafana'::regnamespace
                """)).isGreaterThan(5);
        assertThat(names("""
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE pronamespace = 'grafana'::regnamespace
                    AND NOT has_function_privilege('%s', oid, 'EXECUTE')
                """.formatted(reader()))).isEmpty();
    }

    @Test
    void no_table_of_the_service_can_be_read() throws SQLException {
        List<String> tables = names("""
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
                """);
        assertThat(tables)
                .hasSizeGreaterThan(40)
                .contains("account", "audit_entry", "link_key", "recipient", "elevator_status");
        for (String table : tables) {
            assertThat(failure("SELECT * FROM public." + table)).as(table).isEqualTo(DENIED);
        }
    }

    @Test
    void chunks_of_readings_cannot_be_read_either() throws SQLException {
        String chunk = DATABASE.text("SELECT show_chunks('elevator_status')::text");
        assertThat(failure("SELECT * FROM " + chunk)).isEqualTo(DENIED);
    }

    @Test
    void nothing_can_be_written() throws SQLException {
        for (String change : List.of(
                "UPDATE grafana.machine SET name = 'x'",
                "DELETE FROM grafana.dead_letter",
                "INSERT INTO public.equipment (code, category, name) VALUES ('x', 'x', 'x')",
                "CREATE TEMPORARY TABLE mine (a int)",
                "CREATE TABLE grafana.mine (a int)",
                "CREATE TABLE public.mine (a int)",
                "TRUNCATE public.audit_entry")) {
            assertThat(failure(change)).as(change).isIn(READ_ONLY, DENIED);
            assertThat(failure("SET default_transaction_read_only = off", change))
                    .as(change)
                    .isEqualTo(DENIED);
        }
    }

    @Test
    void columns_that_name_people_or_hold_secrets_are_in_no_view() {
        assertThat(names("""
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'grafana' AND column_name NOT IN ('arrive_by', 'last_contact') AND column_name ~
                    '(telephone|address|caller|worker|contact$|certificate|hash|token|nonce|_by$|actor|payload|detail|note$|text$|reason_text|recipient|latitude|longitude|duty_operator|operator)'
                """)).isEmpty();
    }

    @Test
    void texts_of_readings_stay_out() {
        assertThat(names("""
                SELECT column_name FROM information_schema.columns WHERE table_schema = 'grafana' AND table_name = 'reading_cylinder_fill'
                """))
                .contains("time", "equipment_code", "net_fill_kg", "medium")
                .doesNotContain("cylinder_code", "filler_certificate_no");
        assertThat(names("SELECT field FROM grafana.reading ORDER BY field"))
                .containsExactly("car_running", "speed_mps");
    }

    @Test
    void a_statement_and_the_connections_are_bounded() throws SQLException {
        try (Connection connection = DATABASE.readerConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('statement_timeout'), current_setting('default_transaction_read_only')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("15s");
            assertThat(row.getString(2)).isEqualTo("on");
        }
        assertThat(DATABASE.number("SELECT rolconnlimit FROM pg_roles WHERE rolname = '" + reader() + "'"))
                .isEqualTo(20);
    }

    @Test
    void a_later_migrate_without_its_name_takes_nothing_away() throws SQLException {
        new Schema(DATABASE.settings().db(), StreamCatalogue.builtIn()).migrate();
        assertThat(failure("SELECT * FROM grafana.reading_elevator_event")).isEqualTo("none");
        assertThat(migrate()).isEmpty();
    }

    private static String reader() {
        return DATABASE.settingsWithReader().db().reader().orElseThrow();
    }

    /** The SQL state of the last of some statements, or none. */
    private static String failure(String... statements) throws SQLException {
        try (Connection connection = DATABASE.readerConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return "none";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private static List<String> names(String sql) {
        List<String> names = new ArrayList<>();
        try (Connection connection = DATABASE.owner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return names;
    }
}
