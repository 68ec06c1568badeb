package io.tean.dashboards.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.store.ServerFacts;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.probe.Checkup;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status page with the two threads that feed it. */
public final class StatusPage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusPage.class);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration SLOWEST_PACE = Duration.ofMinutes(1);

    private final Sources sources;
    private final Screens screens;
    private final Instant since;
    private final StoreReader reader;
    private final RateWindow rates = new RateWindow();
    // Two threads: while one waits for the database, the other goes on measuring the rates.
    private final List<Thread> threads;
    // Beside the interrupt, which a pool or a driver may swallow.
    private volatile boolean closed;

    /** What the page is made from. */
    public record Sources(
            DataSource database,
            StreamCatalogue streams,
            MeterRegistry meters,
            List<HealthCheck> checks,
            Supplier<Optional<ServerFacts>> server,
            String version,
            InstantSource clock) {
        public Sources {
            checks = List.copyOf(checks);
        }
    }

    public StatusPage(Sources sources, Screens screens) {
        this.sources = sources;
        this.screens = screens;
        this.since = sources.clock().instant();
        this.reader = new StoreReader(sources.database(), sources.streams(), sources.clock());
        this.threads = List.of(
                thread("tean-status-rates", this::sample, took -> PACE),
                thread("tean-status-store", reader::read, this::pause));
    }

    public void open() {
        threads.forEach(Thread::start);
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    /** The route of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(Route.STATUS, request -> {
            Status status = status();
            Frame frame = Frame.of(request, status.well() ? Word.WELL : Word.NOT_WELL);
            return Answer.page(html(screens, status, frame));
        });
    }

    /** How the service does now. */
    public Status status() {
        return new Status(
                sources.clock().instant(),
                new Status.Running(since, sources.version(), sources.server().get()),
                Checkup.of(sources.checks()),
                IngestFigures.of(sources.meters()),
                rates.rates(),
                List.copyOf(sources.streams().all()),
                reader.memory());
    }

    static String html(Screens screens, Status status, Frame frame) {
        return screens.render("status.jte", Map.of("frame", frame, "status", status));
    }

    private void sample() {
        rates.add(sources.clock().instant(), IngestFigures.of(sources.meters()));
    }

    /** Leaves the database alone for nine times as long as it took to answer, so that the page never costs it more than a tenth. */
    private Duration pause(Duration took) {
        Duration fair = took.multipliedBy(9);
        if (fair.compareTo(PACE) < 0 || reader.memory().awaySince().isPresent()) {
            return PACE;
        }
        return fair.compareTo(SLOWEST_PACE) > 0 ? SLOWEST_PACE : fair;
    }

    /** Goes round until the page is closed, whatever goes wrong in one round. */
    private Thread thread(String name, Runnable round, UnaryOperator<Duration> pause) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                while (!closed) {
                    long start = System.nanoTime();
                    try {
                        round.run();
                    } catch (RuntimeException e) {
                        log.error("a round of {} failed, the next one follows", name, e);
                    }
                    Thread.sleep(pause.apply(Duration.ofNanos(System.nanoTime() - start)));
                }
            } catch (InterruptedException e) {
                // Closed: the thread ends here.
                Thread.currentThread().interrupt();
            }
        });
    }
}
