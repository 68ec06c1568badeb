package io.tean.register.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import io.tean.register.landing.CylinderDue;
import io.tean.register.landing.Landings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokenImportsIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();

    private final Imports imports =
            new Imports(POOL, InstantSource.system(), Landings.all(CylinderDue.UNKNOWN), AfterIntake.NOTHING);

    @BeforeEach
    void leaveOneBehind() {
        DATABASE.execute("""
                TRUNCATE import_run CASCADE;
                INSERT INTO import_run (kind, file_name, sha256, mode, bytes, actor_kind, actor)
                VALUES ('equipment', 'a.csv', '0', 'ACCEPT_GOOD', 1, 'account', 'officer')
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_import_whose_process_ended_is_said_to_have_failed() {
        assertThat(imports.endBroken()).isEqualTo(1);
        assertThat(DATABASE.text("SELECT state || ' ' || problem || ' ' || (ended_at IS NOT NULL) FROM import_run"))
                .isEqualTo("FAILED the program ended before the import did; nothing was taken in true");
        assertThat(imports.endBroken()).isZero();
    }

    @Test
    void an_import_that_somebody_works_on_is_left_alone() throws SQLException {
        try (Connection working = POOL.getConnection()) {
            working.setAutoCommit(false);
            try (var statement = working.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('tean intake'), hashtext('equipment'))");
            }
            assertThat(imports.endBroken()).isZero();
            working.rollback();
        }
        assertThat(DATABASE.text("SELECT state FROM import_run")).isEqualTo("RUNNING");
    }
}
