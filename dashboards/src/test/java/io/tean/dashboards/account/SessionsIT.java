package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import io.tean.dashboards.HandMadeDatabase;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.access.WebStore;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class SessionsIT {
    private static TestDatabase database;
    private static DataSource pool;
    private static AccountLedger ledger;

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private Sessions sessions;
    private Account account;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        pool = database.pool();
        ledger = new AccountLedger(pool);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void begin(TestInfo test) {
        sessions = sessions(new HandMadeDatabase(() -> {
            if (away) {
                throw new SQLException("Connection refused", "08001");
            }
            return pool.getConnection();
        }));
        sessions.watch(Set::of, (key, reason) -> ended.add(key + " " + reason));
        String name = "p" + Integer.toHexString(test.getDisplayName().hashCode());
        ledger.add(
                new AccountDraft(name, "Person", "inspector", "", ""), Optional.of("a long password"), Actor.command());
        account = ledger.find(name).orElseThrow();
    }

    @AfterEach
    void end() {
        sessions.close();
    }

    @Test
    void login_takesTheSessionsWithIt_thatWereOverMonthsAgo() {
        String old = sessions.open(account, "old");
        sessions.open(account, "recent");
        database.execute("UPDATE web_session SET started_at = started_at - interval '92 days' WHERE source = 'old';"
                + " UPDATE web_session SET started_at = started_at - interval '80 days' WHERE source = 'recent'");
        sessions.open(account, "new");
        assertThat(database.text(
                        "SELECT string_agg(source, ' ' ORDER BY started_at) FROM web_session WHERE account_id = "
                                + account.id()))
                .isEqualTo("recent new");
        assertThat(sessions.find(old)).isEmpty();
    }

    @Test
    void cookie_opensItsSession_andNoOtherWordDoes() {
        String cookie = sessions.open(account, "127.0.0.1");
        assertThat(sessions.find(cookie)).map(Viewer::account).contains(account.name());
        assertThat(sessions.find(cookie + "x")).isEmpty();
        assertThat(database.text("SELECT string_agg(s::text, '') FROM web_session s"))
                .doesNotContain(cookie);
    }

    @Test
    void sessionThatNobodyUsed_hasEnded() {
        String cookie = sessions.open(account, "127.0.0.1");
        move(cookie, "last_used", "2 hours");
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void sessionUsedAMomentBefore_isOpen() {
        String cookie = sessions.open(account, "127.0.0.1");
        move(cookie, "last_used", "1 hour 59 minutes");
        assertThat(sessions.find(cookie)).isPresent();
    }

    @Test
    void sessionInUse_endsAfterItsWholeLength() {
        String cookie = sessions.open(account, "127.0.0.1");
        String key = key(cookie);
        move(cookie, "started_at", "24 hours");
        await().until(() -> sessions.find(cookie).isEmpty());
        await().untilAsserted(() -> assertThat(ended).containsExactly(key + " ended"));
    }

    @Test
    void logout_inAnotherProcess_isHeardHere() {
        String cookie = sessions.open(account, "127.0.0.1");
        String key = key(cookie);
        try (Sessions other = sessions(pool)) {
            assertThat(other.find(cookie)).isPresent();
            other.end(key);
            assertThat(other.find(cookie)).isEmpty();
        }
        await().until(() -> sessions.find(cookie).isEmpty());
        assertThat(ended).containsExactly(key + " ended");
    }

    @Test
    void otherRights_givenInAnotherProcess_endTheSessionHere() {
        String cookie = sessions.open(account, "127.0.0.1");
        assertThat(sessions.find(cookie)).isPresent();
        ledger.change(new AccountDraft(account.name(), "Person", "dispatcher", "", ""), Actor.command());
        await().until(() -> sessions.find(cookie).isEmpty());
    }

    @Test
    void otherDisplayName_endsNoSession() {
        String cookie = sessions.open(account, "127.0.0.1");
        ledger.change(new AccountDraft(account.name(), "Renamed", "inspector", "", ""), Actor.command());
        sessions.accountChanged(account.id());
        sessions.round();
        assertThat(sessions.find(cookie)).isPresent();
        assertThat(ended).isEmpty();
    }

    @Test
    void disabledAccount_losesItsSessionsAtOnce_whenTheChangeIsTold() {
        String cookie = sessions.open(account, "127.0.0.1");
        assertThat(sessions.find(cookie)).isPresent();
        ledger.disable(account.name(), Actor.command());
        sessions.accountChanged(account.id());
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void whileTheDatabaseIsAway_openSessionsStayOpen_andAreAskedAboutAgainAfterwards() {
        String cookie = sessions.open(account, "127.0.0.1");
        assertThat(sessions.find(cookie)).isPresent();
        away = true;
        ledger.disable(account.name(), Actor.command());
        assertThatExceptionOfType(JdbiException.class).isThrownBy(sessions::round);
        assertThat(sessions.find(cookie)).isPresent();
        away = false;
        await().until(() -> sessions.find(cookie).isEmpty());
    }

    private String key(String cookie) {
        Viewer viewer = sessions.find(cookie).orElseThrow();
        return ((Credential.Session) viewer.credential()).key();
    }

    private static void move(String cookie, String column, String back) {
        database.execute("UPDATE web_session SET %s = clock_timestamp() - interval '%s' WHERE session_hash = '\\x%s'"
                .formatted(column, back, HexFormat.of().formatHex(Secret.hash(cookie))));
    }

    private static Sessions sessions(DataSource database) {
        return new Sessions(
                WebStore.over(database), SessionsIT.database.settings().http(), new SimpleMeterRegistry());
    }
}
