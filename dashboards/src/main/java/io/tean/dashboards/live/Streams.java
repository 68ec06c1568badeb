package io.tean.dashboards.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.settings.HttpSettings;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.live.StreamMeters.Bound;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Asset;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The open streams of events, one per browser tab. Thread-safe; every write happens on the connection's own context. */
public final class Streams implements Audience, AutoCloseable {
    /** Browsers open six connections to one host: a fifth stream would leave too few for the pages themselves. */
    private static final int PER_SESSION = 4;
    /** Ended sessions that are remembered, for a stream that was on its way in when its session ended. */
    private static final int ENDED_KEPT = 1000;

    private final Vertx vertx;
    private final int most;
    private final Pace pace;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final EarlyAlarms early = new EarlyAlarms();
    private final SequencedSet<String> endedSessions = new LinkedHashSet<>();
    private final StreamMeters meters;
    private final long timer;
    private boolean closed;
    // Until somebody has seen it answer, nobody can say that it does.
    private volatile boolean database;

    /**
     * How often things happen.
     *
     * @param patience with a reader that takes nothing
     */
    record Pace(Duration beat, Duration patience) {
        static final Pace NORMAL = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(20));
    }

    public Streams(Vertx vertx, HttpSettings settings, MeterRegistry meters) {
        this(vertx, settings.streams(), meters, Pace.NORMAL);
    }

    Streams(Vertx vertx, int most, MeterRegistry meters, Pace pace) {
        this.vertx = vertx;
        this.most = most;
        this.pace = pace;
        this.meters = new StreamMeters(meters, streams);
        this.timer = vertx.setPeriodic(pace.beat().toMillis(), ignored -> beat());
    }

    /** The route of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(Route.EVENTS, this::answer);
    }

    Answer answer(Request request) {
        Viewer viewer = request.viewer();
        return switch (viewer.credential()) {
            case Viewer.Credential.Session(String key, boolean ignored) ->
                new Answer.Open(response -> open(viewer, key, response));
            case Viewer.Credential.Token ignored ->
                throw Refusal.of(Refusal.Reason.NOT_ALLOWED, "events are for browsers; programs ask the API");
        };
    }

    /** The keys of the sessions that have a stream open. */
    public Set<String> sessions() {
        return streams.stream()
                .filter(stream -> !stream.ending())
                .map(EventStream::session)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void changed(String topic) {
        // What no page shows has no topic.
        Topic.of(topic).ifPresent(known -> tell(Event.change(known), stream -> known.isFor(stream.viewer())));
    }

    @Override
    public void database(boolean well) {
        synchronized (this) {
            if (database == well) {
                return;
            }
            database = well;
        }
        tell(Event.database(well), stream -> true);
        if (well) {
            tell(Event.RESYNC, stream -> true);
        }
    }

    /** Tells an emergency that is not stored yet to those on duty, once for each notice. */
    public void tell(EarlyAlarm alarm) {
        if (early.add(alarm)) {
            tell(Event.earlyAlarm(alarm), stream -> isOnDuty(stream.viewer()));
        }
    }

    @Override
    public Set<UUID> awaited() {
        return early.notices();
    }

    @Override
    public void stored(UUID notice) {
        if (early.remove(notice)) {
            tell(Event.stored(notice), stream -> isOnDuty(stream.viewer()));
        }
    }

    private static boolean isOnDuty(Viewer viewer) {
        return viewer.role() == Role.DISPATCHER || viewer.role() == Role.ADMINISTRATOR;
    }

    /**
     * Closes the streams of a session that has ended, for good.
     *
     * @param reason such as {@code logout} or {@code disabled}; a constant, it becomes a meter's tag
     */
    public void end(String sessionKey, String reason) {
        synchronized (this) {
            endedSessions.add(sessionKey);
            if (endedSessions.size() > ENDED_KEPT) {
                endedSessions.removeFirst();
            }
        }
        end(reason, stream -> stream.session().equals(sessionKey));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        vertx.cancelTimer(timer);
        end("shutdown", stream -> true);
    }

    /** On the connection's context. */
    private void open(Viewer viewer, String session, HttpServerResponse response) {
        EventStream.Present present =
                new EventStream.Present(() -> database, () -> isOnDuty(viewer) ? early.events() : List.of());
        EventStream stream = new EventStream(viewer, session, response, vertx.getOrCreateContext(), present);
        Optional<Bound> bound = enter(stream);
        if (bound.isPresent()) {
            meters.refused(bound.get());
            response.setStatusCode(bound.get() == Bound.SHUTDOWN ? 503 : 429)
                    .putHeader(HttpHeaders.RETRY_AFTER, "5")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end();
            return;
        }
        // Called when the connection goes, whoever closed it, and when we end the response.
        response.endHandler(ignored -> streams.remove(stream));
        stream.begin(Asset.STYLE.path());
        if (hasEnded(session)) {
            stream.end(Event.end("logout"), () -> meters.closed("logout"));
        }
    }

    /** Takes a stream in, or says which bound keeps it out. */
    private synchronized Optional<Bound> enter(EventStream stream) {
        if (closed) {
            return Optional.of(Bound.SHUTDOWN);
        }
        if (streams.size() >= most) {
            return Optional.of(Bound.ALL);
        }
        long ofSession = streams.stream()
                .filter(other -> other.session().equals(stream.session()))
                .count();
        if (ofSession >= PER_SESSION) {
            return Optional.of(Bound.SESSION);
        }
        streams.add(stream);
        return Optional.empty();
    }

    private synchronized boolean hasEnded(String session) {
        return endedSessions.contains(session);
    }

    private void beat() {
        streams.forEach(stream -> stream.beat(pace.patience(), () -> meters.closed("stalled")));
    }

    private void tell(Event event, Predicate<EventStream> who) {
        streams.stream().filter(who).forEach(stream -> stream.tell(event));
    }

    private void end(String reason, Predicate<EventStream> who) {
        Event event = Event.end(reason);
        streams.stream().filter(who).forEach(stream -> stream.end(event, () -> meters.closed(reason)));
    }
}
