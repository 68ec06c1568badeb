package io.tean.dashboards.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A way to a server on which a test can stop everything without breaking it, as when all of its processes are stopped. */
final class Cable implements AutoCloseable {
    private final ServerSocket entrance;
    private final String host;
    private final int port;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    /** Held for reading by whoever carries bytes, for writing by whoever stops that. */
    private final ReentrantReadWriteLock stopped = new ReentrantReadWriteLock();

    Cable(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** By the same thread that lets go again. */
    void stop() {
        stopped.writeLock().lock();
    }

    void letGo() {
        stopped.writeLock().unlock();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entrance.accept();
                Socket far = new Socket(host, port);
                ends.addAll(List.of(near, far));
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                stopped.readLock().lock();
                try {
                    out.write(bytes, 0, read);
                } finally {
                    stopped.readLock().unlock();
                }
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        }
    }
}
