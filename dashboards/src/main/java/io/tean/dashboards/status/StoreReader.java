package io.tean.dashboards.status;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.status.StoredFigures.StreamFigures;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the figures of the database, one round after the other on one thread, and remembers them for every other thread. */
final class StoreReader {
    private static final Logger log = LoggerFactory.getLogger(StoreReader.class);

    /** A round that takes longer means that the database does not answer, whatever becomes of the round. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Jdbi jdbi;
    private final StreamCatalogue streams;
    private final InstantSource clock;
    private final StatusQuery query = new StatusQuery();
    private final Set<String> unreadable = new HashSet<>();
    private Optional<Map<String, Long>> counted = Optional.empty();
    private Instant countedAt = Instant.EPOCH;
    private Duration countedFor = Duration.ZERO;
    private volatile Progress progress = new Progress(Optional.empty(), Optional.empty(), Optional.empty());

    /** Where the reader stands; written by its thread only. */
    private record Progress(Optional<StoredFigures> last, Optional<Instant> failingSince, Optional<Instant> asking) {}

    StoreReader(DataSource database, StreamCatalogue streams, InstantSource clock) {
        this.jdbi = WebStore.over(database);
        this.streams = streams;
        this.clock = clock;
    }

    /** One round; says how it went in memory and in the log, and does not throw. */
    void read() {
        Instant start = clock.instant();
        Progress before = progress;
        progress = new Progress(before.last(), before.failingSince(), Optional.of(start));
        try {
            StoredFigures figures = figures();
            progress = new Progress(Optional.of(figures), Optional.empty(), Optional.empty());
            if (before.failingSince().isPresent()) {
                log.info("the database answers the status page again");
            }
        } catch (JdbiException e) {
            progress = new Progress(
                    before.last(), Optional.of(before.failingSince().orElse(start)), Optional.empty());
            if (before.failingSince().isEmpty()) {
                log.warn("cannot read the figures of the status page, the page shows the last ones: {}", reason(e));
            }
        }
    }

    StoreMemory memory() {
        Progress now = progress;
        Optional<Instant> stuck = now.asking()
                .filter(since -> Duration.between(since, clock.instant()).compareTo(PATIENCE) > 0);
        return new StoreMemory(now.last(), now.failingSince().or(() -> stuck));
    }

    private StoredFigures figures() {
        List<StreamFigures> list = new ArrayList<>();
        for (StreamDeclaration stream : streams.all()) {
            Optional<Instant> newest = ask("newest of " + stream, handle -> query.newest(handle, stream))
                    .flatMap(Function.identity());
            OptionalLong rows = ask("rows of " + stream, handle -> query.rows(handle, stream))
                    // Without statistics the count is nought although there are readings.
                    .filter(count -> count > 0 || newest.isEmpty())
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
            list.add(new StreamFigures(stream.name(), rows, newest));
        }
        var equipment = equipment();
        var devices = ask("devices", query::devices);
        var alerts = ask("alerts", query::alerts);
        var deadLetters = ask("dead letters", query::deadLetters);
        return new StoredFigures(clock.instant(), list, equipment, devices, alerts, deadLetters);
    }

    /** Counted over the whole register: that may take a fiftieth of the time and no more. */
    private Optional<Map<String, Long>> equipment() {
        Instant start = clock.instant();
        Duration since = Duration.between(countedAt, start);
        // A clock that was set back makes it be counted anew.
        if (since.isNegative() || since.compareTo(countedFor) >= 0) {
            counted = ask("equipment", query::equipment);
            countedAt = clock.instant();
            countedFor = Duration.between(start, countedAt).multipliedBy(50);
        }
        return counted;
    }

    /** A figure that the server refuses or does not count in time is left out; a server that is away ends the round. */
    private <T> Optional<T> ask(String figure, Function<Handle, T> question) {
        try {
            T answer = jdbi.inTransaction(handle -> {
                handle.execute("SET LOCAL statement_timeout = '2s'");
                return question.apply(handle);
            });
            unreadable.remove(figure);
            return Optional.of(answer);
        } catch (JdbiException e) {
            if (isAway(e)) {
                throw e;
            }
            if (unreadable.add(figure)) {
                log.warn("cannot read the figure '{}' of the status page, it is left out: {}", figure, reason(e));
            }
            return Optional.empty();
        }
    }

    private static boolean isAway(JdbiException e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
        // Connection, credentials, resources, shutdown, I/O: of the server. A cancelled statement (57014) is not among
        // them.
        return state == null || state.matches("(08|28|3D|53|57P|58|XX).*");
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }
}
