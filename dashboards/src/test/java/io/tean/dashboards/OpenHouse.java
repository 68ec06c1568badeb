package io.tean.dashboards;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.audit.Actor;
import io.tean.core.health.HealthCheck;
import io.tean.core.health.HealthCheck.Health;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.core.settings.Settings;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import io.tean.dashboards.account.AccountLedger.Outcome;
import io.vertx.core.Vertx;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The web side, open on a real database; people log in with real passwords. */
public final class OpenHouse implements AutoCloseable {
    /** Looked for in everything that a test run wrote: a password must stand nowhere. */
    public static final String PASSWORD = "canary-Kp4-person-password";

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database;
    private final DataSource pool;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AccountLedger ledger;
    private final Dashboards dashboards;
    private volatile boolean away;
    private volatile Health health = new Health("database", true, "answers");

    private OpenHouse(TestDatabase database, Map<String, String> settings, Dashboards.Decisions decisions) {
        this.database = database;
        DataSource real = database.pool();
        this.pool = new HandMadeDatabase(() -> {
            if (away) {
                throw new SQLException("Connection refused, as the test wants it", "08001");
            }
            return real.getConnection();
        });
        this.ledger = new AccountLedger(pool);
        Map<String, String> environment = database.environment();
        environment.putAll(settings);
        HealthCheck check = () -> health;
        dashboards = Dashboards.open(new Dashboards.Parts(
                vertx,
                Settings.read(environment),
                pool,
                StreamCatalogue.builtIn(),
                decisions,
                new Dashboards.Running(
                        meters, () -> "tean_ingest_received_total 7.0\n", List.of(check), Optional::empty, "test"),
                HandMadeBooks.books(),
                InstantSource.system()));
    }

    public static OpenHouse open() {
        return open(Map.of());
    }

    /** With settings such as TEAN_PUBLIC_URL. */
    public static OpenHouse open(Map<String, String> settings) {
        return new OpenHouse(TestDatabase.fresh(), settings, NoDecisions.but(new NoDecisions()));
    }

    public static OpenHouse open(DeadLetterDecisions decisions) {
        return open(NoDecisions.but(decisions));
    }

    public static OpenHouse open(Dashboards.Decisions decisions) {
        return open(Map.of(), decisions);
    }

    public static OpenHouse open(Map<String, String> settings, Dashboards.Decisions decisions) {
        return new OpenHouse(TestDatabase.fresh(), settings, decisions);
    }

    public TestDatabase database() {
        return database;
    }

    public DataSource pool() {
        return pool;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public AccountLedger ledger() {
        return ledger;
    }

    public void health(Health now) {
        health = now;
    }

    /** Takes the database away, open connections included, or brings it back. */
    public void databaseAway(boolean gone) {
        away = gone;
        if (gone) {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                    + database.settings().db().user() + "'");
        }
    }

    /** Tells an emergency that is not stored. */
    public void tell(EarlyAlarm alarm) {
        dashboards.tell(alarm);
    }

    /** Ends the web side alone. */
    public void closeDoor() {
        dashboards.close();
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + dashboards.port() + path);
    }

    /** Somebody without an account. */
    public Person stranger() {
        return new Person(this);
    }

    /** Somebody with a new account of this role over the whole city, logged in. */
    public Person login(Role role) {
        return login("test-" + role.word(), role, "", "");
    }

    /**
     * Somebody with a new account, logged in.
     *
     * @param organisation credit code, or blank
     * @param division code, or blank
     */
    public Person login(String name, Role role, String organisation, String division) {
        addAccount(name, role, organisation, division);
        Person person = stranger();
        person.login(name, PASSWORD);
        return person;
    }

    public void addAccount(String name, Role role, String organisation, String division) {
        AccountDraft draft = new AccountDraft(name, "Test " + role.word(), role.word(), organisation, division);
        Outcome outcome = ledger.add(draft, Optional.of(PASSWORD), Actor.command());
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException("cannot add " + draft + ": " + outcome);
        }
    }

    /** Adds an organisation and answers its id. */
    public int addOrganisation(String creditCode, String kind, String name, String division) {
        return (int) database.number("""
                INSERT INTO organisation (credit_code, kind, name, division_code) VALUES ('%s', '%s', '%s', '%s')
                RETURNING organisation_id""".formatted(creditCode, kind, name.replace("'", "''"), division));
    }

    @Override
    public void close() {
        dashboards.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Vert.x did not close", e);
        }
        database.close();
    }
}
