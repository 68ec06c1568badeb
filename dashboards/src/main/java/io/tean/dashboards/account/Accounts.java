package io.tean.dashboards.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.core.settings.HttpSettings;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.route.Cookies;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Identity;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Everything about who people are: recognises them for the door, and has the pages on which they log in and are looked after. */
public final class Accounts implements Identity, AutoCloseable {
    private final AccountLedger ledger;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Map<Route, Handler> handlers = new EnumMap<>(Route.class);

    public Accounts(
            DataSource database,
            HttpSettings settings,
            Cookies cookies,
            Screens screens,
            MeterRegistry meters,
            InstantSource clock) {
        Jdbi jdbi = WebStore.over(database);
        this.ledger = new AccountLedger(jdbi, new PasswordHash());
        this.sessions = new Sessions(jdbi, settings, meters);
        this.tokens = new ApiTokens(jdbi);
        LoginBrake brake = new LoginBrake(System::nanoTime);
        handlers.putAll(new LoginPages(ledger, sessions, new Seats(jdbi), brake, cookies, screens, meters).handlers());
        AccountQuery query = new AccountQuery(jdbi);
        handlers.putAll(new AccountPages(ledger, query, tokens, sessions, screens, clock).handlers());
        handlers.putAll(new TokenPages(tokens, screens, clock).handlers());
        handlers.putAll(new AccountApi(ledger, query, sessions).handlers());
    }

    /** Makes the first administrator, when there is no account at all, and answers its one-time password. */
    public Optional<String> addFirst() {
        return ledger.addFirst(Actor.system("serve"));
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return handlers;
    }

    /**
     * Starts to ask which sessions have ended.
     *
     * @param inUse the sessions that hold a stream open: they count as used
     * @param onEnd hears the key of a session that has ended, and why
     */
    public void watch(Supplier<Set<String>> inUse, BiConsumer<String, String> onEnd) {
        sessions.watch(inUse, onEnd);
    }

    @Override
    public Optional<Viewer> session(String cookie) {
        return sessions.find(cookie);
    }

    @Override
    public Optional<Viewer> token(String bearer) {
        return tokens.find(bearer);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
