package io.tean.app.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The few MQTT 3.1.1 packets that a terminal sends, as bytes. */
final class MqttPackets {
    static final byte PUBLISH_QOS1 = 0x32;
    static final byte DUP = 0x08;

    private static final int USER_PASSWORD_KEEP_SESSION = 0xC0;

    private MqttPackets() {}

    static byte[] connect(String device, String token, int keepAliveSeconds) {
        byte[] id = device.getBytes(StandardCharsets.UTF_8);
        byte[] password = token.getBytes(StandardCharsets.UTF_8);
        int length = 10 + 2 + id.length + 2 + id.length + 2 + password.length;
        ByteBuffer packet = ByteBuffer.allocate(5 + length);
        packet.put((byte) 0x10);
        length(packet, length);
        text(packet, "MQTT".getBytes(StandardCharsets.UTF_8));
        packet.put((byte) 4).put((byte) USER_PASSWORD_KEEP_SESSION).putShort((short) keepAliveSeconds);
        text(packet, id);
        text(packet, id);
        text(packet, password);
        return bytes(packet);
    }

    static byte[] pingRequest() {
        return new byte[] {(byte) 0xC0, 0};
    }

    /** A PUBLISH of QoS 1 with packet id 0; the id and the payload are patched in place afterwards. */
    static byte[] publish(byte[] topic, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(9 + topic.length + payload.length);
        packet.put(PUBLISH_QOS1);
        length(packet, 2 + topic.length + 2 + payload.length);
        text(packet, topic);
        packet.putShort((short) 0).put(payload);
        return bytes(packet);
    }

    private static void text(ByteBuffer packet, byte[] utf8) {
        packet.putShort((short) utf8.length).put(utf8);
    }

    private static void length(ByteBuffer packet, int length) {
        int rest = length;
        while (rest >= 0x80) {
            packet.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        packet.put((byte) rest);
    }

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        return bytes;
    }
}
