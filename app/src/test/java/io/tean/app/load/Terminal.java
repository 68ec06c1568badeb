package io.tean.app.load;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One device on the wire, as real ones are: it keeps what is not acknowledged, and sends it again after a lost connection. Its
 * state belongs to the thread of the fleet that it is part of.
 */
public final class Terminal {
    /** Where its connection stands. */
    enum State {
        OFF,
        CONNECTING,
        GREETING,
        ONLINE
    }

    private final Login login;
    private final @Nullable InetAddress source;
    private final int index;
    private final List<Outgoing> outgoing;
    private final int longest;

    State state = State.OFF;

    @Nullable SocketChannel channel;

    @Nullable SelectionKey key;

    long since;
    long lastSent;
    long lastHeard;
    boolean asked;
    final byte[] carry = new byte[4];
    int carried;
    byte @Nullable [] unsent;
    int unsentAt;
    boolean waiting;

    private final long[] numbers;
    private final long[] times;
    private final long[] sentAt;
    private final byte[] shapes;
    private final boolean[] taken;
    private final int[] free;
    private int freeCount;
    private long nextNumber;
    private long lastTime = Long.MIN_VALUE;

    /**
     * @param index its place in the fleet
     * @param window most messages under way
     * @param source address to connect from; null leaves it to the system
     */
    public Terminal(int index, Login login, int window, @Nullable InetAddress source, List<MessageShape> shapes) {
        this.index = index;
        this.login = login;
        this.source = source;
        this.outgoing =
                shapes.stream().map(s -> new Outgoing(s, login.equipment())).toList();
        this.longest = outgoing.stream().mapToInt(o -> o.packet.length).max().orElse(0);
        this.numbers = new long[window];
        this.times = new long[window];
        this.sentAt = new long[window];
        this.shapes = new byte[window];
        this.taken = new boolean[window];
        this.free = IntStream.range(0, window).map(i -> window - 1 - i).toArray();
        this.freeCount = window;
    }

    /** A PUBLISH that is patched for one message after the other. */
    private static final class Outgoing {
        private final MessageShape shape;
        private final byte[] packet;
        private final int payloadAt;
        private final long salt;
        private long second = Long.MIN_VALUE;

        Outgoing(MessageShape shape, String equipment) {
            this.shape = shape;
            byte[] topic = LoadStreams.topic(equipment, shape.stream()).getBytes(StandardCharsets.US_ASCII);
            this.packet = MqttPackets.publish(topic, shape.blank());
            this.salt = MessageShape.salt(equipment);
            this.payloadAt = packet.length - shape.length();
        }

        void put(ByteBuffer out, int packetId, long number, long micros, boolean again) {
            packet[0] = again ? MqttPackets.PUBLISH_QOS1 | MqttPackets.DUP : MqttPackets.PUBLISH_QOS1;
            packet[payloadAt - 2] = (byte) (packetId >>> 8);
            packet[payloadAt - 1] = (byte) packetId;
            second = shape.patch(packet, payloadAt, salt, number, micros, second);
            out.put(packet);
        }
    }

    public int index() {
        return index;
    }

    public Login login() {
        return login;
    }

    @Nullable InetAddress source() {
        return source;
    }

    /** Counts this terminal's messages from 0. */
    public long newNumber() {
        return nextNumber++;
    }

    /** The given time, or the first after this terminal's last one. */
    public long newTime(long epochMicros) {
        lastTime = Math.max(lastTime + 1, epochMicros);
        return lastTime;
    }

    int window() {
        return free.length;
    }

    int room() {
        return freeCount;
    }

    int underWay() {
        return free.length - freeCount;
    }

    int longest() {
        return longest;
    }

    /** Takes a packet id for a message and puts its packet. */
    void put(ByteBuffer out, Draft draft, long dueNanos) {
        int slot = free[--freeCount];
        taken[slot] = true;
        numbers[slot] = draft.number;
        times[slot] = draft.micros;
        shapes[slot] = (byte) draft.shape;
        sentAt[slot] = dueNanos;
        outgoing.get(draft.shape).put(out, slot + 1, draft.number, draft.micros, false);
    }

    /** Slots of the messages under way, in the order in which they were first sent. */
    int[] unacknowledged() {
        return IntStream.range(0, taken.length)
                .filter(i -> taken[i])
                .boxed()
                .sorted((a, b) -> sentAt[a] == sentAt[b]
                        ? Long.compare(numbers[a], numbers[b])
                        : Long.compare(sentAt[a], sentAt[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    void putAgain(ByteBuffer out, int slot) {
        outgoing.get(shapes[slot]).put(out, slot + 1, numbers[slot], times[slot], true);
    }

    /** Frees a packet id; its slot, or -1 when nothing was sent under that id. */
    int acknowledge(int packetId) {
        int slot = packetId - 1;
        if (slot < 0 || slot >= taken.length || !taken[slot]) {
            return -1;
        }
        taken[slot] = false;
        free[freeCount++] = slot;
        return slot;
    }

    long number(int slot) {
        return numbers[slot];
    }

    long time(int slot) {
        return times[slot];
    }

    int shape(int slot) {
        return shapes[slot];
    }

    long sentAt(int slot) {
        return sentAt[slot];
    }

    @Override
    public String toString() {
        return login.device();
    }
}
