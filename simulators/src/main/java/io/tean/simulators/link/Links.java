package io.tean.simulators.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All device logins of a simulation, driven by one thread. Parcels are taken from any thread and never block it. */
public final class Links implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final int CAPACITY = 20_000;
    private static final int CONGESTED = 2_000;
    private static final Duration TICK = Duration.ofMillis(200);

    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private final AtomicInteger arriving = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("simulated-links").daemon().factory());
    private final ExecutorService goodbyes = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param tokens the token of each device
     * @param trouble told in one line when a device cannot connect
     */
    public Links(String host, int port, Map<String, String> tokens, Consumer<String> trouble) {
        String uri = "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        tokens.forEach((device, token) -> links.put(
                device,
                new Link(
                        device,
                        listener -> PahoConnection.open(uri, device, token, goodbyes, listener),
                        thread,
                        InstantSource.system(),
                        new Outbox(CAPACITY),
                        tally,
                        trouble)));
        var _ = thread.scheduleWithFixedDelay(
                () -> links.values().forEach(Links::tick), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The executor would drop the whole round after one exception. */
    private static void tick(Link link) {
        try {
            link.tick();
        } catch (RuntimeException e) {
            LOG.error("a simulated link failed; it is tried again", e);
        }
    }

    public void offer(Parcel parcel) {
        Link link = links.get(parcel.device());
        if (link == null) {
            throw new IllegalArgumentException("no login for device " + parcel.device());
        }
        arriving.incrementAndGet();
        thread.execute(() -> {
            arriving.decrementAndGet();
            link.offer(parcel);
        });
    }

    /** Whether a connected device has so much to send that a faster clock should wait for it. */
    public boolean isCongested() {
        return arriving.get() > CONGESTED
                || links.values().stream().anyMatch(link -> link.isOpen() && link.held() > CONGESTED);
    }

    /** Whether nothing waits for an acknowledgement. */
    public boolean isIdle() {
        return arriving.get() == 0 && tally.buffered() == 0;
    }

    public Tally tally() {
        return tally;
    }

    /** Says goodbye on all connections, within a few seconds. */
    @Override
    public void close() {
        var done = new CountDownLatch(1);
        thread.execute(() -> {
            links.values().forEach(Link::close);
            done.countDown();
        });
        try {
            if (!done.await(5, TimeUnit.SECONDS)) {
                LOG.warn("the simulated links did not close within 5 s");
            }
            thread.shutdownNow();
            goodbyes.shutdown();
            if (!goodbyes.awaitTermination(5, TimeUnit.SECONDS)) {
                goodbyes.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            goodbyes.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
