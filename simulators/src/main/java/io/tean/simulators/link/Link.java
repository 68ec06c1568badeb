package io.tean.simulators.link;

import io.tean.simulators.signal.Dice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One device login with its buffer: connects, sends in order, sends again what was not acknowledged, and has its own watchdog. All its
 * methods run on the links' one thread; what a connection tells comes through the same executor.
 */
final class Link {
    static final Duration LONGEST_LOGIN = Duration.ofSeconds(12);
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int WINDOW = 500;
    private static final int FIRST_REFUSAL_CODE = 0x80;

    private final String device;
    private final Connection.Maker maker;
    private final Executor thread;
    private final InstantSource clock;
    private final Dice dice;
    private final Outbox outbox;
    private final Tally tally;
    private final Consumer<String> trouble;

    private @Nullable Attempt attempt;
    private Instant tryAt;
    private int failures;
    private String lastTrouble = "";
    private volatile boolean open;
    private volatile int held;

    /**
     * @param thread the links' one thread
     * @param trouble told once when the server cannot be reached, in one line
     */
    Link(
            String device,
            Connection.Maker maker,
            Executor thread,
            InstantSource clock,
            Outbox outbox,
            Tally tally,
            Consumer<String> trouble) {
        this.device = device;
        this.maker = maker;
        this.thread = thread;
        this.clock = clock;
        this.outbox = outbox;
        this.tally = tally;
        this.trouble = trouble;
        this.dice = Dice.of(0, device);
        this.tryAt = clock.instant();
    }

    /** One life of a connection; what an earlier one tells is not heard any more. */
    private final class Attempt implements Connection.Listener {
        private final Instant began = clock.instant();
        private @Nullable Connection connection;
        private boolean opened;
        private int window;
        private Instant lastSign = began;

        @Override
        public void opened(int receiveMaximum) {
            later(() -> {
                opened = true;
                open = true;
                window = Math.min(WINDOW, receiveMaximum);
                lastSign = clock.instant();
                lastTrouble = "";
                tally.connected.incrementAndGet();
                pump();
            });
        }

        @Override
        public void acknowledged(long number, int reasonCode) {
            later(() -> {
                lastSign = clock.instant();
                failures = 0;
                if (outbox.settle(number)) {
                    (reasonCode >= FIRST_REFUSAL_CODE ? tally.refused : tally.acknowledged).incrementAndGet();
                    count();
                }
                pump();
            });
        }

        @Override
        public void lost(String why) {
            later(() -> Link.this.lost(why));
        }

        private void later(Runnable action) {
            thread.execute(() -> {
                if (attempt == this) {
                    action.run();
                }
            });
        }
    }

    void offer(Parcel parcel) {
        if (!outbox.add(parcel)) {
            tally.dropped.incrementAndGet();
        }
        count();
        pump();
    }

    /** Looks whether it is time to connect, or whether a login or an acknowledgement takes too long. */
    void tick() {
        Instant now = clock.instant();
        Attempt current = attempt;
        if (current == null) {
            if (!tryAt.isAfter(now)) {
                var fresh = new Attempt();
                attempt = fresh;
                fresh.connection = maker.open(fresh);
            }
        } else if (!current.opened) {
            if (current.began.plus(LONGEST_LOGIN).isBefore(now)) {
                lost("no answer to the login within " + LONGEST_LOGIN.toSeconds() + " s");
            }
        } else if (outbox.underWay() > 0
                && current.lastSign.plus(LONGEST_SILENCE).isBefore(now)) {
            lost("no acknowledgement for " + LONGEST_SILENCE.toSeconds() + " s");
        } else {
            pump();
        }
    }

    private void pump() {
        Attempt current = attempt;
        if (current == null || !current.opened || current.connection == null) {
            return;
        }
        while (outbox.underWay() < current.window) {
            Optional<Outbox.Item> next = outbox.next();
            if (next.isEmpty()) {
                return;
            }
            if (outbox.underWay() == 1) {
                // Silence counts from the first message that waits for an answer.
                current.lastSign = clock.instant();
            }
            Outbox.Item item = next.get();
            switch (current.connection.hand(item.number(), item.parcel())) {
                case TAKEN -> tally.sent.incrementAndGet();
                case FULL -> {
                    outbox.putBack(item);
                    return;
                }
                case BROKEN -> {
                    lost("connection broke while sending");
                    return;
                }
            }
        }
    }

    private void lost(String why) {
        Attempt old = giveUp();
        Duration longest = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 5));
        failures++;
        double millis = Math.min(longest.toMillis(), LONGEST_PAUSE.toMillis()) * dice.between(0.5, 1);
        tryAt = clock.instant().plusMillis(Math.round(millis));
        if (!why.equals(lastTrouble)) {
            lastTrouble = why;
            trouble.accept(device + ": " + (old != null && old.opened ? "disconnected" : "cannot connect") + ": " + why
                    + "; keeps its messages and tries again");
        }
    }

    private @Nullable Attempt giveUp() {
        Attempt old = attempt;
        attempt = null;
        open = false;
        if (old != null) {
            if (old.opened) {
                tally.connected.decrementAndGet();
            }
            if (old.connection != null) {
                old.connection.discard();
            }
        }
        outbox.putAllBack();
        return old;
    }

    /** Says goodbye; what is still in the buffer is lost with the device. */
    void close() {
        giveUp();
        tryAt = Instant.MAX;
    }

    private void count() {
        int size = outbox.size();
        tally.buffered.addAndGet(size - held);
        held = size;
    }

    /** Whether it is connected; read on any thread. */
    boolean isOpen() {
        return open;
    }

    /** Messages in its buffer; read on any thread. */
    int held() {
        return held;
    }
}
