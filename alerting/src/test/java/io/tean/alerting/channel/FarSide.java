package io.tean.alerting.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A far side on this machine that speaks HTTP and does as it is told: to answer, to fail, to stall, to drip. */
public final class FarSide implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = answer(200, "{}");

    /** @param head request line and headers */
    public record Seen(String head, String body) {
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                            .startsWith(name.toLowerCase(java.util.Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** What it does with a request that it read. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    public FarSide() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no port", e);
        }
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            seen.add(read(socket.getInputStream()));
            behaviour.answer(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The other side went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Seen read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut off");
            }
            head.append((char) next);
        }
        Seen start = new Seen(head.toString(), "");
        String length = start.header("Content-Length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Seen(head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    public static Behaviour answer(int status, String body, String... headers) {
        return out -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " x\r\nContent-Length: " + bytes.length + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        };
    }

    /** Takes the request and never answers. */
    public static Behaviour stall() {
        return out -> Thread.sleep(Long.MAX_VALUE);
    }

    /** One byte, and another, and another. */
    public static Behaviour drip() {
        return out -> {
            for (byte each : "HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                out.write(each);
                out.flush();
                Thread.sleep(100);
            }
            Thread.sleep(Long.MAX_VALUE);
        };
    }

    /** A body of 100 MB. */
    public static Behaviour flood() {
        return out -> {
            out.write("HTTP/1.1 200 x\r\nContent-Length: 104857600\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] block = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_600; i++) {
                out.write(block);
            }
        };
    }

    public void does(Behaviour next) {
        behaviour = next;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next request; waits for it. */
    public Seen next() {
        return poll(() -> "nothing came");
    }

    private Seen poll(Supplier<String> otherwise) {
        try {
            Seen next = seen.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError(otherwise.get());
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Requests that came and were not asked for yet. */
    public int waiting() {
        return seen.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
