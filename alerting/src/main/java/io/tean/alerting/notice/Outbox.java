package io.tean.alerting.notice;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.channel.Channels;
import io.tean.alerting.channel.Delivered;
import io.tean.alerting.channel.SiteChannel;
import io.tean.core.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes notices and hands their deliveries over, each channel by a worker of its own. Every service runs this; of several each delivery is held
 * by one at a time.
 */
public final class Outbox implements AutoCloseable {
    /** What {@link #start} needs of its pool: no connection is held while a far side is spoken to. */
    public static final int CONNECTIONS = 4;

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LAST_RUN = Duration.ofSeconds(5);

    private final DataSource pool;
    private final Channels channels;
    private final Router router;
    private final Deliveries deliveries;
    private final Budget budget;
    private final NoticeFacts facts;
    private final NoticeCounts counts;
    private final NoticeWatch watch;
    private final Pace pace;
    private final List<Worker> workers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * How often things are looked at.
     *
     * @param route for notices that wait
     * @param keep for what time does to deliveries
     * @param poll of a channel for what is due
     * @param lease of a delivery; longer than an attempt can last
     */
    record Pace(Duration route, Duration keep, Duration poll, Duration lease) {
        static final Pace NORMAL =
                new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(40));
    }

    private Outbox(
            DataSource pool,
            Routes routes,
            Channels channels,
            String publicUrl,
            LongFunction<String> links,
            MeterRegistry meters,
            Pace pace) {
        this.pool = pool;
        this.channels = channels;
        this.router = new Router(pool, routes, channels);
        this.deliveries = new Deliveries(pool, pace.lease);
        this.budget = new Budget(pool);
        this.facts = new NoticeFacts(publicUrl, links);
        this.counts = new NoticeCounts(meters);
        this.watch = new NoticeWatch(channels, meters, System::nanoTime);
        this.pace = pace;
        channels.all().forEach(channel -> workers.add(new Worker(channel)));
        this.thread = Thread.ofPlatform().name("tean-notices").daemon().unstarted(this::route);
    }

    /**
     * Sends until it is closed.
     *
     * @param pool of its own, with {@value #CONNECTIONS} connections
     * @param publicUrl that links start from
     * @param links the signed link of a dispatch, by its id
     */
    public static Outbox start(
            DataSource pool,
            Routes routes,
            Channels channels,
            String publicUrl,
            LongFunction<String> links,
            MeterRegistry meters) {
        if (channels.all().isEmpty()) {
            log.warn(
                    "no channels: notices reach nobody outside the pages; name the file of channels in TEAN_ALERTING_CHANNELS");
        }
        return start(pool, routes, channels, publicUrl, links, meters, Pace.NORMAL);
    }

    static Outbox start(
            DataSource pool,
            Routes routes,
            Channels channels,
            String publicUrl,
            LongFunction<String> links,
            MeterRegistry meters,
            Pace pace) {
        Outbox outbox = new Outbox(pool, routes, channels, publicUrl, links, meters, pace);
        outbox.thread.start();
        outbox.workers.forEach(worker -> worker.thread.start());
        return outbox;
    }

    public HealthCheck health() {
        return watch;
    }

    private void route() {
        long kept = System.nanoTime() - pace.keep.toNanos();
        boolean failing = false;
        while (!closed) {
            try {
                int routed = router.route();
                counts.routed(routed);
                boolean news = routed > 0;
                if (System.nanoTime() - kept >= pace.keep.toNanos()) {
                    kept = System.nanoTime();
                    Deliveries.Kept done = deliveries.keep(
                            channels.all().stream().map(SiteChannel::name).toList());
                    counts.kept(done);
                    watch.looked(deliveries.standing());
                    news |= done.fallenOver() + done.digests() > 0;
                }
                if (failing) {
                    log.info("notices are routed again");
                }
                failing = false;
                if (news) {
                    workers.forEach(worker -> worker.news.release());
                } else {
                    Thread.sleep(pace.route);
                }
            } catch (SQLException | RuntimeException e) {
                if (!failing && !closed) {
                    log.warn("cannot route notices, and try again: {}", String.valueOf(e.getMessage()));
                }
                failing = true;
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether to go on. */
    private boolean pause() {
        try {
            Thread.sleep(pace.keep);
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Works for one channel: as many attempts at a time as the channel bears, the most urgent ones first. */
    private final class Worker {
        private final SiteChannel channel;
        private final Semaphore lanes;
        private final Semaphore news = new Semaphore(0);
        private final Thread thread;

        Worker(SiteChannel channel) {
            this.channel = channel;
            this.lanes = new Semaphore(channel.limits().parallel());
            this.thread =
                    Thread.ofVirtual().name("tean-channel-" + channel.name()).unstarted(this::work);
        }

        private void work() {
            boolean failing = false;
            while (!closed) {
                int free = 0;
                try {
                    lanes.acquire();
                    free = 1 + lanes.drainPermits();
                    List<Deliveries.Claimed> claimed = deliveries.claim(channel.name(), free);
                    failing = false;
                    for (Deliveries.Claimed each : claimed) {
                        free--;
                        Thread.ofVirtual()
                                .name("tean-delivery-" + channel.name())
                                .start(() -> {
                                    try {
                                        attempt(each);
                                    } finally {
                                        lanes.release();
                                    }
                                });
                    }
                    lanes.release(free);
                    free = 0;
                    if (claimed.isEmpty() && news.tryAcquire(pace.poll.toMillis(), TimeUnit.MILLISECONDS)) {
                        news.drainPermits();
                    }
                } catch (SQLException | RuntimeException e) {
                    lanes.release(free);
                    if (!failing && !closed) {
                        log.warn(
                                "cannot ask what channel {} is to send, and try again: {}",
                                channel.name(),
                                String.valueOf(e.getMessage()));
                    }
                    failing = true;
                    if (!pause()) {
                        return;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        /** What fails here keeps its lease until it runs out, and is then tried again. */
        private void attempt(Deliveries.Claimed claimed) {
            try {
                NoticeFacts.Content content;
                try (Connection connection = pool.getConnection()) {
                    content = facts.of(connection, claimed.id());
                }
                switch (content) {
                    case NoticeFacts.Withdrawn withdrawn -> {
                        if (deliveries.withdraw(claimed, withdrawn.reason())) {
                            counts.withdrawn();
                        }
                    }
                    case NoticeFacts.Tell tell -> {
                        Optional<Duration> wait = budget.take(channel, claimed.urgent());
                        if (wait.isPresent()) {
                            counts.tooShort(channel.name());
                            deliveries.postpone(claimed, wait.get());
                        } else {
                            ended(claimed, channel.deliver(tell.message(), claimed.to()));
                        }
                    }
                }
            } catch (SQLException | RuntimeException e) {
                log.warn(
                        "delivery {} by channel {} is tried again: {}",
                        claimed.id(),
                        channel.name(),
                        String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void ended(Deliveries.Claimed claimed, Delivered result) throws SQLException {
            watch.attempted(channel.name(), result);
            if (result instanceof Delivered.TryLater later && later.when().isPresent()) {
                budget.block(channel.name(), later.when().get());
            }
            if (!deliveries.ended(claimed, result)) {
                log.warn("delivery {} was taken over by another service", claimed.id());
                return;
            }
            counts.attempt(
                    channel.name(),
                    switch (result) {
                        case Delivered.HandedOver ok -> "handed_over";
                        case Delivered.Confirmed ok -> "confirmed";
                        case Delivered.TryLater later -> "try_later";
                        case Delivered.Refused refused -> "refused";
                    },
                    claimed.attempts() > 0);
            if (result instanceof Delivered.Refused && !claimed.last()) {
                counts.fellOver();
            }
        }
    }

    /** Stops taking new ones; what is under way may end for a while, and is taken over when its lease runs out. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        workers.forEach(worker -> worker.thread.interrupt());
        try {
            thread.join(LAST_RUN.toMillis());
            long end = System.nanoTime() + LAST_RUN.toNanos();
            for (Worker worker : workers) {
                worker.thread.join(LAST_RUN);
                worker.lanes.tryAcquire(
                        worker.channel.limits().parallel(), Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
