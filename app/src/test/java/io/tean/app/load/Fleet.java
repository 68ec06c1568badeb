package io.tean.app.load;

import io.tean.app.load.Terminal.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many terminals on one thread: connects them and keeps them connected, publishes what the feed says at the pace asked for, and
 * tells the recorder. Lean, because it shares its machine with what it loads: one system call carries many packets.
 */
public final class Fleet implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final long PING_WHEN_IDLE = TimeUnit.SECONDS.toNanos(40);
    private static final long PING_WHEN_WAITING = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_WAIT = TimeUnit.SECONDS.toNanos(15);
    private static final long ROUND_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long TICK_MILLIS = 1;
    private static final int CONNECTING_AT_A_TIME = 128;
    private static final int BUNDLE = 8;
    private static final byte CONNACK = 0x20;
    private static final byte PUBACK = 0x40;
    private static final byte PINGRESP = (byte) 0xD0;

    private final InetSocketAddress address;
    private final List<Terminal> terminals;
    private final Recorder recorder;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong online = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();

    // From here on: the fleet's thread only.
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
    private final Draft draft = new Draft();
    private final Terminal[] waiting;
    private int waitingCount;
    private Feed feed;
    private Pace pace = new Pace.Still();
    private @Nullable LatencyLog latencies;
    private long paceSince;
    private long paceCount;
    private int turn;
    private int connecting;
    private boolean closing;

    /** Starts connecting at once; publishes nothing until {@link #pace}. */
    public Fleet(InetSocketAddress address, List<Terminal> terminals, Feed feed, Recorder recorder) {
        this.address = address;
        this.terminals = List.copyOf(terminals);
        this.feed = feed;
        this.recorder = recorder;
        this.waiting = new Terminal[terminals.size()];
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
        this.thread = Thread.ofPlatform().name("fleet").daemon().start(this::run);
    }

    /** Changes the pace from now on. */
    public void pace(Pace next) {
        call(() -> {
            pace = next;
            paceSince = System.nanoTime();
            paceCount = 0;
            if (next instanceof Pace.Full) {
                terminals.forEach(this::wants);
            }
            return next;
        });
    }

    /** Changes the feed; only sensible while the pace is still. */
    public void feed(Feed next) {
        call(() -> {
            feed = next;
            return next;
        });
    }

    /** Starts a new log of latencies; the one until now, empty at the first call. */
    public LatencyLog cutLatencies() {
        return call(() -> {
            LatencyLog until = latencies == null ? new LatencyLog() : latencies;
            latencies = new LatencyLog();
            return until;
        });
    }

    /** Publishes nothing new and waits until nothing is under way; what is under way still after the given time. */
    public long drain(Duration most) {
        pace(new Pace.Still());
        await(most, () -> underWay() == 0);
        return underWay();
    }

    /**
     * Waits until so many terminals are connected and accepted.
     *
     * @throws IllegalStateException when they are not within the given time
     */
    public void awaitOnline(int count, Duration most) {
        if (!await(most, () -> online() >= count)) {
            throw new IllegalStateException(online() + " of " + count + " terminals are connected to " + address
                    + " after " + most.toSeconds() + " s (" + refusals.get() + " refused): see the service's log");
        }
    }

    /** Waits until so many more messages are acknowledged than at the call; whether they were. */
    public boolean awaitAcknowledged(long more, Duration most) {
        long wanted = acknowledged() + more;
        return await(most, () -> acknowledged() >= wanted);
    }

    private boolean await(Duration most, java.util.function.BooleanSupplier condition) {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            if (ended.isDone()) {
                call(() -> true);
            }
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Pauses.millis(5);
        }
        return true;
    }

    /** PUBACKs so far. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** When the newest PUBACK came, by {@link System#nanoTime}. */
    public long lastAcknowledged() {
        return lastAcknowledged.get();
    }

    public long underWay() {
        return underWay.get();
    }

    public long online() {
        return online.get();
    }

    /** Connections that were lost after they had been accepted. */
    public long reconnects() {
        return reconnects.get();
    }

    /** Sends DISCONNECT for nobody: sockets are simply closed, as a power cut does. */
    @Override
    public void close() {
        requests.add(() -> closing = true);
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T call(Supplier<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        requests.add(() -> answer.complete(request.get()));
        selector.wakeup();
        try {
            CompletableFuture.anyOf(answer, ended).get(30, TimeUnit.SECONDS);
            if (!answer.isDone()) {
                throw new IllegalStateException("the fleet is closed already");
            }
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the fleet", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the fleet's thread has failed: " + e, e);
        }
    }

    private void run() {
        try {
            long nextRound = System.nanoTime();
            while (!closing) {
                boolean soon = pace instanceof Pace.Steady || waitingCount > 0;
                selector.select(this::ready, soon ? TICK_MILLIS : TimeUnit.NANOSECONDS.toMillis(ROUND_EVERY));
                for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
                    request.run();
                }
                long now = System.nanoTime();
                draft.nowMicros = System.currentTimeMillis() * 1_000;
                switch (pace) {
                    case Pace.Still _ -> waitingCount = forget();
                    case Pace.Full _ -> fillWaiting(now);
                    case Pace.Steady(double perSecond) -> sendDue(now, perSecond);
                }
                if (now - nextRound >= 0) {
                    terminals.forEach(t -> lookAfter(t, now));
                    nextRound = now + ROUND_EVERY;
                }
            }
            ended.complete(null);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        } finally {
            terminals.forEach(Fleet::closeChannel);
            try {
                selector.close();
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
        }
    }

    // ---- publishing

    /** The terminal has room: it gets its turn at the end of the pass, when more PUBACKs may have come in. */
    private void wants(Terminal terminal) {
        if (!terminal.waiting && terminal.state == State.ONLINE) {
            terminal.waiting = true;
            waiting[waitingCount++] = terminal;
        }
    }

    private int forget() {
        for (int i = 0; i < waitingCount; i++) {
            waiting[i].waiting = false;
        }
        return 0;
    }

    private void fillWaiting(long now) {
        int keep = 0;
        for (int i = 0; i < waitingCount; i++) {
            Terminal terminal = waiting[i];
            boolean worthACall =
                    terminal.room() * 4 >= terminal.window() || now - terminal.lastSent > 2_000_000 * TICK_MILLIS;
            if (!worthACall && terminal.state == State.ONLINE) {
                waiting[keep++] = terminal;
                continue;
            }
            terminal.waiting = false;
            out.clear();
            while (mayPut(terminal) && feed.next(terminal, draft)) {
                put(terminal, now, now);
            }
            flush(terminal, now);
        }
        waitingCount = keep;
    }

    private void sendDue(long now, double perSecond) {
        long due = (long) ((now - paceSince) * perSecond / 1e9);
        int idle = 0;
        while (paceCount < due && idle < terminals.size()) {
            Terminal terminal = terminals.get(turn);
            turn = (turn + 1) % terminals.size();
            out.clear();
            int put = 0;
            while (put < BUNDLE && paceCount < due && mayPut(terminal) && feed.next(terminal, draft)) {
                put(terminal, paceSince + (long) (paceCount * 1e9 / perSecond), now);
                paceCount++;
                put++;
            }
            flush(terminal, now);
            idle = put == 0 ? idle + 1 : 0;
        }
    }

    private boolean mayPut(Terminal terminal) {
        return terminal.state == State.ONLINE
                && terminal.unsent == null
                && terminal.room() > 0
                && out.remaining() >= terminal.longest();
    }

    private void put(Terminal terminal, long dueNanos, long now) {
        recorder.published(terminal, draft.shape, draft.number, draft.micros, false, now);
        terminal.put(out, draft, dueNanos);
        underWay.lazySet(underWay.get() + 1);
    }

    private void sendAgain(Terminal terminal, long now) {
        out.clear();
        for (int slot : terminal.unacknowledged()) {
            recorder.published(terminal, terminal.shape(slot), terminal.number(slot), terminal.time(slot), true, now);
            terminal.putAgain(out, slot);
        }
        flush(terminal, now);
    }

    private void flush(Terminal terminal, long now) {
        out.flip();
        if (out.hasRemaining()) {
            write(terminal, out, now);
        }
    }

    private void write(Terminal terminal, ByteBuffer bytes, long now) {
        try {
            terminal.lastSent = now;
            Objects.requireNonNull(terminal.channel).write(bytes);
            if (bytes.hasRemaining()) {
                byte[] rest = new byte[bytes.remaining()];
                bytes.get(rest);
                terminal.unsent = rest;
                terminal.unsentAt = 0;
                Objects.requireNonNull(terminal.key).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            lost(terminal, now);
        }
    }

    private void writeRest(Terminal terminal, long now) throws IOException {
        byte[] rest = Objects.requireNonNull(terminal.unsent);
        terminal.unsentAt += Objects.requireNonNull(terminal.channel)
                .write(ByteBuffer.wrap(rest, terminal.unsentAt, rest.length - terminal.unsentAt));
        if (terminal.unsentAt == rest.length) {
            terminal.unsent = null;
            Objects.requireNonNull(terminal.key).interestOps(SelectionKey.OP_READ);
            wants(terminal);
        }
        terminal.lastSent = now;
    }

    // ---- connections

    private void lookAfter(Terminal terminal, long now) {
        switch (terminal.state) {
            case OFF -> {
                if (now - terminal.since >= 0 && connecting < CONNECTING_AT_A_TIME) {
                    connect(terminal, now);
                }
            }
            case CONNECTING, GREETING -> {
                if (now - terminal.since > ANSWER_WAIT) {
                    lost(terminal, now);
                }
            }
            case ONLINE -> {
                long quiet = now - terminal.lastSent;
                if (terminal.asked && now - terminal.since > ANSWER_WAIT) {
                    lost(terminal, now);
                } else if (!terminal.asked
                        && terminal.unsent == null
                        && quiet > (terminal.underWay() > 0 ? PING_WHEN_WAITING : PING_WHEN_IDLE)) {
                    terminal.asked = true;
                    terminal.since = now;
                    write(terminal, ByteBuffer.wrap(MqttPackets.pingRequest()), now);
                }
            }
        }
    }

    private void connect(Terminal terminal, long now) {
        try {
            SocketChannel channel = SocketChannel.open();
            terminal.channel = channel;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (terminal.source() != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(terminal.source(), 0));
            }
            terminal.state = State.CONNECTING;
            terminal.since = now;
            connecting++;
            boolean there = channel.connect(address);
            terminal.key = channel.register(selector, SelectionKey.OP_CONNECT, terminal);
            if (there) {
                greet(terminal, now);
            }
        } catch (IOException e) {
            lost(terminal, now);
        }
    }

    private void greet(Terminal terminal, long now) {
        terminal.state = State.GREETING;
        terminal.carried = 0;
        terminal.unsent = null;
        terminal.asked = false;
        Objects.requireNonNull(terminal.key).interestOps(SelectionKey.OP_READ);
        Login login = terminal.login();
        write(terminal, ByteBuffer.wrap(MqttPackets.connect(login.device(), login.token(), KEEP_ALIVE_SECONDS)), now);
    }

    private void lost(Terminal terminal, long now) {
        switch (terminal.state) {
            case ONLINE -> {
                online.decrementAndGet();
                reconnects.incrementAndGet();
            }
            case CONNECTING, GREETING -> connecting--;
            case OFF -> {}
        }
        closeChannel(terminal);
        terminal.state = State.OFF;
        terminal.unsent = null;
        // Spread, as a fleet of real terminals is.
        terminal.since = now
                + TimeUnit.MILLISECONDS.toNanos(
                        200 + ThreadLocalRandom.current().nextInt(500));
    }

    private static void closeChannel(Terminal terminal) {
        SocketChannel channel = terminal.channel;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
                terminal.key = null;
            }
        }
        terminal.channel = null;
        terminal.key = null;
    }

    private void ready(SelectionKey key) {
        Terminal terminal = (Terminal) key.attachment();
        long now = System.nanoTime();
        try {
            if (key.isConnectable()) {
                Objects.requireNonNull(terminal.channel).finishConnect();
                greet(terminal, now);
                return;
            }
            if (key.isWritable() && terminal.unsent != null) {
                writeRest(terminal, now);
            }
            if (key.isValid() && key.isReadable()) {
                read(terminal, now);
            }
        } catch (IOException e) {
            lost(terminal, now);
        }
    }

    // ---- answers

    private void read(Terminal terminal, long now) throws IOException {
        in.clear();
        in.put(terminal.carry, 0, terminal.carried);
        int count = Objects.requireNonNull(terminal.channel).read(in);
        if (count < 0) {
            lost(terminal, now);
            return;
        }
        in.flip();
        terminal.lastHeard = now;
        int acks = 0;
        while (in.remaining() >= 2 && terminal.state != State.OFF) {
            int at = in.position();
            int length = 2 + in.get(at + 1);
            if (in.remaining() < length) {
                break;
            }
            in.position(at + length);
            switch (in.get(at)) {
                case PUBACK -> acks += acknowledged(terminal, in.getShort(at + 2) & 0xffff, now);
                case CONNACK -> greeted(terminal, in.get(at + 3), now);
                case PINGRESP -> terminal.asked = false;
                default -> lost(terminal, now);
            }
        }
        terminal.carried = in.remaining();
        in.get(terminal.carry, 0, terminal.carried);
        if (acks > 0) {
            underWay.lazySet(underWay.get() - acks);
            acknowledged.lazySet(acknowledged.get() + acks);
            lastAcknowledged.lazySet(now);
            wants(terminal);
        }
    }

    private int acknowledged(Terminal terminal, int packetId, long now) {
        int slot = terminal.acknowledge(packetId);
        if (slot < 0) {
            return 0;
        }
        recorder.acknowledged(terminal, terminal.shape(slot), terminal.number(slot), terminal.time(slot), now);
        if (latencies != null) {
            latencies.add(now - terminal.sentAt(slot));
        }
        return 1;
    }

    private void greeted(Terminal terminal, byte code, long now) {
        if (code != 0) {
            refusals.incrementAndGet();
            lost(terminal, now);
            return;
        }
        connecting--;
        online.incrementAndGet();
        terminal.state = State.ONLINE;
        terminal.since = now;
        sendAgain(terminal, now);
        wants(terminal);
    }
}
