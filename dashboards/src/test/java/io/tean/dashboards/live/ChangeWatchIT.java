package io.tean.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.settings.DatabaseSettings;
import io.tean.core.store.TestDatabase;
import io.tean.dashboards.HandMadeDatabase;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ChangeWatchIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Heard heard = new Heard();
    private ChangeWatch watch = new ChangeWatch(DATABASE.pool(), heard);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void personsChange_isTold_byItsKind_andAsAudit() throws Exception {
        open();
        entry(Actor.account("li", "127.0.0.1"), "account");
        hears("account");
        hears("audit");
    }

    @Test
    void changeOfTheServiceItself_isSeen_withoutANotification() throws Exception {
        open();
        entry(Actor.system("alerting"), "alert");
        hears("alert");
        hears("audit");
    }

    @Test
    void entryThatIsCommittedLate_underALowerNumber_isSeenToo() throws Exception {
        open();
        try (Connection slow = DATABASE.owner()) {
            slow.setAutoCommit(false);
            AuditTrail.write(slow, entryOf(Actor.system("slow"), "equipment"));
            entry(Actor.system("quick"), "alert");
            hears("alert");
            assertThat(heard.told).doesNotContain("equipment");
            slow.commit();
        }
        hears("equipment");
    }

    @Test
    void deadLetter_isSeen_whenItComes_againAndWhenItIsDecided() {
        open();
        DATABASE.execute("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload)
                VALUES (now(), now(), 'a', 'E-1', 's', 'not-json', 'd', '')
                """);
        hears("dead-letter");
        heard.told.clear();
        DATABASE.execute("UPDATE dead_letter SET times = times + 1");
        hears("dead-letter");
        heard.told.clear();
        DATABASE.execute("UPDATE dead_letter SET state = 'discarded', state_since = clock_timestamp()");
        hears("dead-letter");
    }

    @Test
    void alert_isSeen_whenItComes_changes_andGoes_withoutAnyNotification() {
        open();
        long alert = alert("CODE", "unknown-1");
        hears("alert");
        for (String change : List.of(
                "state = 'acknowledged'",
                "cleared_at = now()",
                "activated_at = clock_timestamp(), cleared_at = NULL",
                "state = 'closed', closed_at = now(), closed_by = 'x', cause = 'WORK'")) {
            heard.told.clear();
            DATABASE.execute("UPDATE alert SET " + change + " WHERE alert_id = " + alert);
            hears("alert");
        }
        assertThat(heard.told).doesNotContain("audit");
    }

    @Test
    void noticeThatWasToldEarly_isFoundAsSoonAsItIsStored() {
        UUID notice = UUID.randomUUID();
        heard.awaited = Set.of(notice, UUID.randomUUID());
        open();
        DATABASE.execute("INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class) VALUES ('"
                + notice + "', " + alert("CODE", "unknown-2") + ", 'OPENED', 'EMERGENCY', 'rescue')");
        hears("stored " + notice);
        assertThat(heard.told).filteredOn(told -> told.startsWith("stored")).containsOnly("stored " + notice);
    }

    private static long alert(String kind, String subject) {
        return DATABASE.number("""
                INSERT INTO alert (subject_kind, subject, dispatch_class, rule, severity, first_seen, last_seen)
                VALUES ('%s', '%s', 'rescue', 'r', 'EMERGENCY', now(), now()) RETURNING alert_id
                """.formatted(kind, subject));
    }

    @Test
    void devicesAndStatus_areToldAgainAndAgain() {
        open();
        hears("status");
        hears("device");
    }

    @Test
    void lostConnection_isTold_andMadeAnew() throws Exception {
        open();
        DATABASE.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """);
        await().atMost(PATIENCE).until(() -> heard.told.containsAll(List.of("database away", "database back")));
        assertThat(heard.told).containsSubsequence("database away", "database back");
        heard.told.clear();
        entry(Actor.account("li", "127.0.0.1"), "token");
        hears("token");
    }

    @Test
    void databaseThatHangs_isTold_andGoesOnWhereItStood() throws Exception {
        URI server = URI.create(DATABASE.settings().db().url().replaceFirst("^jdbc:", ""));
        try (Cable cable = new Cable(server.getHost(), server.getPort())) {
            watch = new ChangeWatch(through(cable), heard);
            open();
            cable.stop();
            try {
                hears("database away");
                heard.told.clear();
                // The status page stays alive: it has to show the outage.
                hears("status");
            } finally {
                cable.letGo();
            }
            hears("database back");
            heard.told.clear();
            entry(Actor.account("li", "127.0.0.1"), "device");
            hears("audit");
        }
    }

    @Test
    void databaseThatWasNeverThere_isToldAsAway() {
        watch = new ChangeWatch(HandMadeDatabase.away(), heard);
        watch.open();
        hears("database away");
        assertThat(heard.told).doesNotContain("database back");
    }

    @Test
    void closedWatch_tellsNothingMore_andGivesItsConnectionBack() {
        open();
        watch.close();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(DATABASE.number("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE '%audit_entry ORDER BY%' AND pid <> pg_backend_pid()
                        """)).isZero());
        assertThat(heard.told).doesNotContain("database away");
    }

    private void open() {
        watch.open();
        hears("database back");
        heard.told.clear();
    }

    private void hears(String what) {
        await().atMost(PATIENCE).until(() -> heard.told.contains(what));
    }

    private static void entry(Actor actor, String subjectKind) throws Exception {
        try (Connection connection = DATABASE.owner()) {
            AuditTrail.write(connection, entryOf(actor, subjectKind));
        }
    }

    private static AuditEntry entryOf(Actor actor, String subjectKind) {
        return AuditEntry.of(actor, subjectKind + ".change", subjectKind, "1", Map.of(), Map.of("x", 1));
    }

    private static DataSource through(Cable cable) {
        DatabaseSettings settings = DATABASE.settings().db();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + cable.port() + "/"));
        source.setUser(settings.user());
        source.setPassword(settings.password().orElseThrow());
        // As a pool does, which gives up after some seconds.
        source.setConnectTimeout(2);
        source.setLoginTimeout(2);
        source.setSocketTimeout(2);
        return source;
    }

    /** Everything that was told, in order. */
    private static final class Heard implements Audience {
        final List<String> told = new CopyOnWriteArrayList<>();
        volatile Set<UUID> awaited = Set.of();

        @Override
        public void changed(String topic) {
            told.add(topic);
        }

        @Override
        public Set<UUID> awaited() {
            return awaited;
        }

        @Override
        public void stored(UUID notice) {
            told.add("stored " + notice);
        }

        @Override
        public void database(boolean well) {
            told.add(well ? "database back" : "database away");
        }
    }
}
