package io.tean.simulators.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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
        var troubles = new Troubles(trouble, InstantSource.system());
        String uri = "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        tokens.forEach((device, token) -> links.put(
                device,
                new Link(
                        device,
                        listener -> PahoConnection.open(uri, device, token, goodbyes, listener),
                        this::later,
                        InstantSource.system(),
                        new Outbox(CAPACITY),
                        tally,
                        troubles::tell)));
        var _ = thread.scheduleWithFixedDelay(
                () -> links.values().forEach(link -> safely(link::tick)), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a connection still tells after the end is not heard. */
    private void later(Runnable task) {
        try {
            thread.execute(() -> safely(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("the simulated links are closed", e);
        }
    }

    /** The executor would swallow an exception or an error, and with it all later rounds. */
    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a simulated link failed; the others go on", e);
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
            safely(() -> link.offer(parcel));
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
        // An interrupt ends the run, not the goodbye.
        boolean interrupted = Thread.interrupted();
        try {
            thread.execute(() -> links.values().forEach(link -> safely(link::close)));
            thread.shutdown();
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            goodbyes.shutdown();
            if (!goodbyes.awaitTermination(5, TimeUnit.SECONDS)) {
                goodbyes.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            goodbyes.shutdownNow();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
