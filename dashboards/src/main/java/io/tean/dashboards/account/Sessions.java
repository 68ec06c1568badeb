package io.tean.dashboards.account;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.settings.HttpSettings;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.route.WebMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open sessions. The database decides which there are; those that are in use stand in memory too, and each second the database is asked
 * which of them have ended meanwhile, in whatever process: a request costs no query, and while the database is away people go on seeing
 * what is known.
 */
final class Sessions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    /** How often the database learns that a session is used. */
    private static final Duration USE_NOTED = Duration.ofSeconds(30);
    /** A session that was not used for so long is forgotten here; the database knows it still. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    /** For whoever asks from where somebody was logged in; the audit has the logins themselves. */
    private static final Duration KEPT = Duration.ofDays(90);
    /** Whoever made up more cookies than that would find no place; a real city has fewer people at it. */
    private static final int MOST_REMEMBERED = 20_000;

    private static final String VALID = """
            s.ended_at IS NULL AND a.disabled_at IS NULL AND s.rights_revision = a.rights_revision
            AND s.started_at > clock_timestamp() - make_interval(secs => :length)
            AND s.last_used > clock_timestamp() - make_interval(secs => :idle)
            """;

    private final Jdbi jdbi;
    private final HttpSettings settings;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile BiConsumer<String, String> onEnd = (key, reason) -> {};
    private volatile Supplier<Set<String>> inUse = Set::of;
    private volatile boolean closed;
    private boolean failing;

    /** A session in memory. */
    private static final class Known {
        final Viewer viewer;
        volatile long usedNanos;
        volatile long notedNanos;

        Known(Viewer viewer, long now) {
            this.viewer = viewer;
            this.usedNanos = now;
            this.notedNanos = now;
        }
    }

    Sessions(Jdbi jdbi, HttpSettings settings, MeterRegistry meters) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.thread = Thread.ofPlatform().daemon().name("tean-sessions").unstarted(this::run);
        Gauge.builder(WebMeters.SESSIONS.meterName(), known, Map::size)
                .description(WebMeters.SESSIONS.meaning())
                .register(meters);
    }

    /**
     * Starts to ask which sessions have ended.
     *
     * @param inUse the sessions that hold a stream open: they count as used
     * @param onEnd hears the key of a session that has ended, and why
     */
    void watch(Supplier<Set<String>> inUse, BiConsumer<String, String> onEnd) {
        this.inUse = inUse;
        this.onEnd = onEnd;
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Opens a session and answers its cookie. Always a new one: a cookie from before the login opens nothing. The oldest go with it. */
    String open(Account account, String source) {
        String cookie = Secret.random();
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO web_session (session_hash, account_id, rights_revision, source)
                            SELECT :hash, account_id, rights_revision, :source FROM account WHERE account_id = :id
                            """)
                    .bind("hash", Secret.hash(cookie))
                    .bind("id", account.id())
                    .bind("source", source)
                    .execute();
            handle.createUpdate("""
                            DELETE FROM web_session
                            WHERE started_at < clock_timestamp() - make_interval(secs => :length) - make_interval(secs => :kept)
                            """)
                    .bind("length", (double) settings.sessionLength().toSeconds())
                    .bind("kept", (double) KEPT.toSeconds())
                    .execute();
        });
        return cookie;
    }

    Optional<Viewer> find(String cookie) {
        byte[] hash = Secret.hash(cookie);
        String key = HexFormat.of().formatHex(hash);
        Known session = known.get(key);
        if (session == null) {
            Optional<Viewer> loaded = load(hash, key);
            if (loaded.isEmpty() || known.size() >= MOST_REMEMBERED) {
                return loaded;
            }
            session = known.computeIfAbsent(key, k -> new Known(loaded.get(), System.nanoTime()));
        }
        session.usedNanos = System.nanoTime();
        return Optional.of(session.viewer);
    }

    /** Ends one session, as its person asked. */
    void end(String key) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE web_session SET ended_at = clock_timestamp() WHERE session_hash = :hash AND ended_at IS NULL
                        """)
                .bind("hash", HexFormat.of().parseHex(key))
                .execute());
        forget(key, "logout");
    }

    /** Has the sessions of an account that was changed looked at now, and not in a second. */
    void accountChanged(int accountId) {
        List<String> keys = known.entrySet().stream()
                .filter(entry -> entry.getValue().viewer.accountId() == accountId)
                .map(Map.Entry::getKey)
                .toList();
        if (!keys.isEmpty()) {
            endInvalid(keys);
        }
    }

    private Optional<Viewer> load(byte[] hash, String key) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + Account.COLUMNS
                        + "FROM web_session s JOIN account a ON a.account_id = s.account_id"
                        + " LEFT JOIN organisation o ON o.organisation_id = a.organisation_id"
                        + " WHERE s.session_hash = :hash AND " + VALID)
                .bind("hash", hash)
                .bindMap(limits())
                .map(Account.MAPPER)
                .findOne()
                .map(account -> new Viewer(
                        account.id(),
                        account.name(),
                        account.displayName(),
                        account.role(),
                        account.scope(),
                        new Credential.Session(key, account.oneTime()))));
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    round();
                    failing = false;
                } catch (JdbiException e) {
                    if (!failing) {
                        log.warn(
                                "cannot ask which sessions have ended, those that are open stay so: {}",
                                rootMessage(e));
                    }
                    failing = true;
                } catch (RuntimeException e) {
                    log.error("a round over the sessions failed, the next one follows", e);
                }
                Thread.sleep(PACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void round() {
        long now = System.nanoTime();
        Set<String> streaming = inUse.get();
        Set<String> used = new HashSet<>();
        known.forEach((key, session) -> {
            if (streaming.contains(key)) {
                session.usedNanos = now;
            }
            boolean usedSince = session.usedNanos - session.notedNanos > 0;
            if (usedSince && now - session.notedNanos > USE_NOTED.toNanos()) {
                used.add(key);
            }
        });
        if (!used.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate("""
                            UPDATE web_session SET last_used = clock_timestamp()
                            WHERE session_hash IN (SELECT decode(key, 'hex') FROM unnest(:keys) AS key) AND ended_at IS NULL
                            """)
                    .bindArray("keys", String.class, used)
                    .execute());
            used.forEach(key -> known.computeIfPresent(key, (k, session) -> {
                session.notedNanos = now;
                return session;
            }));
        }
        if (!known.isEmpty()) {
            endInvalid(new ArrayList<>(known.keySet()));
        }
        known.values().removeIf(session -> now - session.usedNanos > REMEMBERED.toNanos());
    }

    private void endInvalid(List<String> keys) {
        Set<String> valid = jdbi.withHandle(handle -> valid(handle, keys));
        for (String key : keys) {
            if (!valid.contains(key)) {
                forget(key, "ended");
            }
        }
    }

    private Set<String> valid(Handle handle, List<String> keys) {
        return new HashSet<>(handle.createQuery("""
                        SELECT encode(s.session_hash, 'hex') FROM web_session s JOIN account a ON a.account_id = s.account_id
                        WHERE s.session_hash IN (SELECT decode(key, 'hex') FROM unnest(:keys) AS key) AND
                        """ + VALID)
                .bindArray("keys", String.class, keys)
                .bindMap(limits())
                .mapTo(String.class)
                .list());
    }

    private void forget(String key, String reason) {
        known.remove(key);
        onEnd.accept(key, reason);
    }

    private Map<String, Object> limits() {
        return Map.of(
                "length", (double) settings.sessionLength().toSeconds(),
                "idle", (double) settings.sessionIdle().toSeconds());
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }
}
