package io.tean.dashboards.live;

import io.tean.dashboards.access.Viewer;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One open stream. What it is told from any thread happens on its connection's context. A reader that does not keep up misses events,
 * is told so when it has caught up, and loses its connection when it does not.
 */
final class EventStream {
    /** What waits for a slow reader at most, in bytes; as much again may lie in the sockets. */
    private static final int WAITING_BYTES = 16 * 1024;

    private final Viewer viewer;
    private final String session;
    private final HttpServerResponse response;
    private final Context context;
    private final BooleanSupplier database;
    private final Supplier<List<Event>> lasting;
    // Of the context's thread.
    private boolean missed;
    private OptionalLong fullSinceNanos = OptionalLong.empty();
    private volatile boolean ending;

    /**
     * What a stream tells beside what happens while it is open, as known at the time of asking.
     *
     * @param database whether it answers
     * @param lasting what every page has to know, also one that opens later or has missed something
     */
    record Present(BooleanSupplier database, Supplier<List<Event>> lasting) {}

    EventStream(Viewer viewer, String session, HttpServerResponse response, Context context, Present present) {
        this.viewer = viewer;
        this.session = session;
        this.response = response;
        this.context = context;
        this.database = present.database();
        this.lasting = present.lasting();
    }

    Viewer viewer() {
        return viewer;
    }

    String session() {
        return session;
    }

    /** Whether it is told nothing any more, though its connection may still be there. */
    boolean ending() {
        return ending;
    }

    /** On the context's thread, once. */
    void begin(String version) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Not compressed, by us or by a proxy, and not gathered: an event is worth something at once only.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .setWriteQueueMaxSize(WAITING_BYTES)
                .drainHandler(ignored -> catchUp());
        // Not all browsers come back in the same instant after a restart.
        int retryMillis = ThreadLocalRandom.current().nextInt(1000, 4000);
        response.write("retry: " + retryMillis + "\n"
                + Event.hello(version, database.getAsBoolean()).text());
        lasting.get().forEach(event -> response.write(event.text()));
    }

    void tell(Event event) {
        context.runOnContext(ignored -> {
            if (over()) {
                return;
            }
            if (response.writeQueueFull()) {
                missed = true;
                noteFull();
            } else {
                response.write(event.text());
            }
        });
    }

    /** Keeps the connection from being idle; gives one up that is full for longer than our patience, and then runs the action. */
    void beat(Duration patience, Runnable whenGivenUp) {
        context.runOnContext(ignored -> {
            if (over()) {
                return;
            }
            if (!response.writeQueueFull()) {
                catchUp();
                response.write(Event.BEAT.text());
                return;
            }
            noteFull();
            if (System.nanoTime() - fullSinceNanos.orElseThrow() > patience.toNanos()) {
                ending = true;
                whenGivenUp.run();
                cut();
            }
        });
    }

    /** Says why, and closes. */
    void end(Event event, Runnable whenEnded) {
        context.runOnContext(ignored -> {
            if (over()) {
                return;
            }
            ending = true;
            whenEnded.run();
            if (response.writeQueueFull()) {
                cut();
            } else {
                response.end(event.text());
            }
        });
    }

    /** Vert.x flushes before it closes; where nobody reads, the server's idle time-out does away with the connection. */
    private void cut() {
        response.reset();
    }

    private boolean over() {
        return ending || response.closed() || response.ended();
    }

    private void noteFull() {
        if (fullSinceNanos.isEmpty()) {
            fullSinceNanos = OptionalLong.of(System.nanoTime());
        }
    }

    private void catchUp() {
        if (over()) {
            return;
        }
        fullSinceNanos = OptionalLong.empty();
        if (missed) {
            missed = false;
            response.write(Event.database(database.getAsBoolean()).text() + Event.RESYNC.text());
            lasting.get().forEach(event -> response.write(event.text()));
        }
    }
}
