package io.tean.ingest.session;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** A device's end of a connection. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private Wire(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    static Wire to(int port) {
        return withReceiveBuffer(port, 0);
    }

    /** @param bytes small for a device that does not read: the server's answers back up sooner */
    static Wire withReceiveBuffer(int port, int bytes) {
        try {
            return new Wire(port, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A packet of the server: its first byte and what stands behind the length. */
    record Packet(int first, byte[] body) {
        int type() {
            return first >> 4;
        }

        int at(int index) {
            return body[index] & 0xFF;
        }

        int packetId() {
            return at(0) << 8 | at(1);
        }

        DataInputStream from(int index) {
            return new DataInputStream(new ByteArrayInputStream(body, index, body.length - index));
        }
    }

    /** All in one segment. */
    Wire send(byte[]... packets) {
        try {
            socket.getOutputStream().write(Packets.join(packets));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Wire sendByteByByte(byte[]... packets) {
        for (byte b : Packets.join(packets)) {
            send(new byte[] {b});
        }
        return this;
    }

    /** Sends a byte, which the server may not want any more. */
    void offer(byte one) {
        try {
            socket.getOutputStream().write(one);
        } catch (IOException e) {
            // It has closed the connection already; read() will tell.
        }
    }

    /** Sends the same again and again, until the server has had enough. */
    void sendUntilBroken(byte[] packets) {
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(packets);
            }
        } catch (IOException e) {
            // That is what was waited for.
        }
    }

    /** The next packet of the server; empty when it has closed the connection. */
    Optional<Packet> read() {
        try {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            byte[] body = new byte[length()];
            in.readFully(body);
            return Optional.of(new Packet(first, body));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server neither answered nor closed the connection", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Packet next() {
        return read().orElseThrow(() -> new AssertionError("the server closed the connection"));
    }

    private int length() throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int b = in.readUnsignedByte();
            length |= (b & 0x7F) << shift;
            if (b < 128) {
                return length;
            }
        }
    }

    /** Goes without a word. */
    void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
