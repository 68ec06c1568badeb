package io.tean.app.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for the service's MQTT side: takes every CONNECT and acknowledges every PUBLISH, some milliseconds' worth at a time,
 * as a service does that commits in batches. It can keep silent, and it can cut all connections.
 */
final class Acknowledger implements AutoCloseable {
    private static final long BATCH_NANOS = 20_000_000;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final @Nullable List<String> received;
    private volatile boolean silent;
    private volatile boolean cut;
    private volatile boolean closing;

    /** What has come over one connection and is not answered yet. */
    private static final class Line {
        final ByteBuffer in = ByteBuffer.allocate(1 << 18);
        final ByteBuffer answers = ByteBuffer.allocate(1 << 16);
    }

    Acknowledger(boolean remember) throws IOException {
        this.received = remember ? new CopyOnWriteArrayList<>() : null;
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().name("acknowledger").daemon().start(this::run);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** Every PUBLISH in the order of arrival: the payload, behind "again " when it carried DUP. */
    List<String> received() {
        return received == null ? List.of() : List.copyOf(received);
    }

    void silent(boolean yes) {
        silent = yes;
    }

    void cut() {
        cut = true;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        server.close();
    }

    private void run() {
        try (selector) {
            long nextAnswer = System.nanoTime();
            while (!closing) {
                selector.select(this::ready, 2);
                boolean cutting = cut;
                cut = false;
                boolean answering = System.nanoTime() - nextAnswer >= 0;
                if (answering) {
                    nextAnswer = System.nanoTime() + BATCH_NANOS;
                }
                for (SelectionKey key : selector.keys()) {
                    if (key.attachment() instanceof Line line && key.isValid()) {
                        if (cutting) {
                            key.channel().close();
                        } else if (answering && !silent && line.answers.position() > 0) {
                            ((SocketChannel) key.channel()).write(line.answers.flip());
                            line.answers.compact();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the acknowledger failed", e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = server.accept();
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Line());
            } else {
                Line line = (Line) key.attachment();
                if (((SocketChannel) key.channel()).read(line.in) < 0) {
                    key.channel().close();
                }
                take(line);
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void take(Line line) {
        ByteBuffer in = line.in.flip();
        while (in.remaining() >= 2) {
            int at = in.position();
            int length = 0;
            int lengthBytes = 0;
            byte next;
            do {
                next = in.get(at + 1 + lengthBytes);
                length |= (next & 0x7f) << (7 * lengthBytes++);
            } while (next < 0 && in.remaining() > 1 + lengthBytes);
            if (next < 0 || in.remaining() < 1 + lengthBytes + length) {
                break;
            }
            in.position(at + 1 + lengthBytes + length);
            answer(line, in, at, at + 1 + lengthBytes);
        }
        in.compact();
    }

    private void answer(Line line, ByteBuffer in, int headerAt, int at) {
        int type = in.get(headerAt) & 0xf0;
        if (type == 0x10) {
            line.answers.put(new byte[] {0x20, 2, 0, 0});
        } else if (type == 0x30) {
            int idAt = at + 2 + in.getShort(at);
            line.answers.put((byte) 0x40).put((byte) 2).putShort(in.getShort(idAt));
            if (received != null) {
                byte[] payload = new byte[in.position() - idAt - 2];
                in.get(idAt + 2, payload);
                boolean again = (in.get(headerAt) & MqttPackets.DUP) != 0;
                received.add((again ? "again " : "") + new String(payload, StandardCharsets.US_ASCII));
            }
        }
    }

    /** The payloads received, without those that came again. */
    List<String> firsts() {
        List<String> firsts = new ArrayList<>(received());
        firsts.removeIf(p -> p.startsWith("again "));
        return firsts;
    }
}
