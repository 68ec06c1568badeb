package io.tean.ingest.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** MQTT packets byte by byte, as a device or an attacker would write them. */
final class Packets {
    static final int V3 = 4;
    static final int V5 = 5;
    static final byte[] PINGREQ = hex("c000");
    static final byte[] DISCONNECT = hex("e000");

    private Packets() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] connect(int version, String user, String token) {
        return connect(version, "client of " + user.hashCode(), user, token, 60);
    }

    static byte[] connect(int version, String clientId, String user, String token, int keepAliveSeconds) {
        return packet(
                0x10,
                text("MQTT"),
                new byte[] {(byte) version, (byte) 0xC2},
                int16(keepAliveSeconds),
                version == V5 ? new byte[1] : new byte[0],
                text(clientId.replace(" ", "")),
                text(user),
                text(token));
    }

    static byte[] publish(int version, String topic, int packetId, String payload) {
        return publish(version, 0x32, topic, packetId, new byte[0], payload.getBytes(UTF_8));
    }

    static byte[] publishQos0(int version, String topic, String payload) {
        return publish(version, 0x30, topic, 0, new byte[0], payload.getBytes(UTF_8));
    }

    /** @param first type and flags; with QoS 0 there is no packet id */
    static byte[] publish(int version, int first, String topic, int packetId, byte[] properties, byte[] payload) {
        return packet(
                first,
                text(topic),
                (first & 0x06) == 0 ? new byte[0] : int16(packetId),
                version == V5 ? join(variable(properties.length), properties) : new byte[0],
                payload);
    }

    static byte[] subscribe(int version, String filter) {
        return packet(0x82, int16(1), version == V5 ? new byte[1] : new byte[0], text(filter), new byte[] {1});
    }

    static byte[] packet(int first, byte[]... parts) {
        byte[] body = join(parts);
        return join(new byte[] {(byte) first}, variable(body.length), body);
    }

    static byte[] text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return join(int16(utf8.length), utf8);
    }

    static byte[] int16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] variable(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int left = value;
        while (left >= 128) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
