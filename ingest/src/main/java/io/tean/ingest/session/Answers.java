package io.tean.ingest.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.tean.ingest.arrival.DeadLetter;
import java.nio.charset.StandardCharsets;

/** The packets that we send, as bytes (MQTT 3.1.1 and 5, chapter 3). */
final class Answers {
    static final int PUBACK_LENGTH = 4;

    private static final int LONGEST_REASON = 100;

    private Answers() {}

    /**
     * What the server tells a device about itself (MQTT 5).
     *
     * @param assignedClientId the one for a device that came without; else empty
     */
    record Limits(String assignedClientId, int receiveMaximum, int maxPacketBytes, int keepAliveSeconds) {}

    static ByteBuf accepted(ByteBufAllocator allocator, boolean version5, Limits limits) {
        if (!version5) {
            return allocator.buffer(4).writeInt(0x20020000);
        }
        ByteBuf properties = Unpooled.buffer(128);
        if (!limits.assignedClientId().isEmpty()) {
            byte[] clientId = limits.assignedClientId().getBytes(StandardCharsets.UTF_8);
            properties.writeByte(0x12).writeShort(clientId.length).writeBytes(clientId);
        }
        properties.writeByte(0x21).writeShort(limits.receiveMaximum());
        properties.writeByte(0x24).writeByte(1); // maximum QoS
        properties.writeByte(0x25).writeByte(0); // retain available
        properties.writeByte(0x27).writeInt(limits.maxPacketBytes());
        properties.writeByte(0x22).writeShort(0); // topic alias maximum
        properties.writeByte(0x28).writeByte(0); // wildcard subscription available
        properties.writeByte(0x29).writeByte(0); // subscription identifiers available
        properties.writeByte(0x2A).writeByte(0); // shared subscription available
        properties.writeByte(0x11).writeInt(0); // session expiry
        properties.writeByte(0x13).writeShort(limits.keepAliveSeconds());
        return allocator
                .buffer(128)
                .writeByte(0x20)
                .writeByte(3 + properties.readableBytes())
                .writeByte(0)
                .writeByte(0)
                .writeByte(properties.readableBytes())
                .writeBytes(properties);
    }

    static ByteBuf refused(ByteBufAllocator allocator, boolean version5, Ending why) {
        if (version5) {
            return allocator
                    .buffer(5)
                    .writeByte(0x20)
                    .writeByte(3)
                    .writeByte(0)
                    .writeByte(why.mqttReason())
                    .writeByte(0);
        }
        int code = switch (why) {
            case UNSUPPORTED_VERSION -> 1;
            case TOO_MANY_CONNECTIONS, SHUTTING_DOWN -> 3;
            case MALFORMED -> 2;
            default -> 5;
        };
        return allocator.buffer(4).writeByte(0x20).writeByte(2).writeByte(0).writeByte(code);
    }

    static ByteBuf disconnect(ByteBufAllocator allocator, Ending why) {
        return allocator
                .buffer(4)
                .writeByte(0xE0)
                .writeByte(2)
                .writeByte(why.mqttReason())
                .writeByte(0);
    }

    static ByteBuf pong(ByteBufAllocator allocator) {
        return allocator.buffer(2).writeShort(0xD000);
    }

    static void puback(ByteBuf out, int packetId) {
        out.writeInt(0x40020000 | packetId);
    }

    /** MQTT 5: an acknowledgement that says what was wrong; the message must not be sent again. */
    static void puback(ByteBuf out, int packetId, DeadLetter complaint, boolean withText) {
        if (!withText) {
            out.writeByte(0x40)
                    .writeByte(3)
                    .writeShort(packetId)
                    .writeByte(complaint.reason().mqttReason());
            return;
        }
        String text = complaint.reason().word() + ": " + complaint.detail();
        if (text.length() > LONGEST_REASON) {
            text = text.codePoints()
                    .limit(LONGEST_REASON)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int properties = 3 + utf8.length;
        int propertiesLength = properties < 128 ? 1 : 2;
        out.writeByte(0x40);
        variable(out, 3 + propertiesLength + properties);
        out.writeShort(packetId).writeByte(complaint.reason().mqttReason());
        variable(out, properties);
        out.writeByte(0x1F).writeShort(utf8.length).writeBytes(utf8);
    }

    private static void variable(ByteBuf out, int value) {
        int left = value;
        while (left >= 128) {
            out.writeByte((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }
}
