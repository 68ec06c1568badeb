package io.tean.ingest.session;

import java.util.Locale;

/** Why we refuse or end a connection, with the reason code of MQTT 5 (table 2-6) that says so. */
public enum Ending {
    MALFORMED(0x81),
    PROTOCOL_ERROR(0x82),
    UNSUPPORTED_VERSION(0x84),
    BAD_LOGIN(0x86),
    NOT_BOUND(0x87),
    SUBSCRIPTION(0x87),
    TOO_MANY_CONNECTIONS(0x97),
    SHUTTING_DOWN(0x8B),
    SILENT(0x8D),
    TAKEN_OVER(0x8E),
    BAD_TOPIC(0x90),
    RECEIVE_MAXIMUM_EXCEEDED(0x93),
    TOPIC_ALIAS(0x94),
    PACKET_TOO_LARGE(0x95),
    HELD_BACK_TOO_LONG(0x97),
    LOGIN_WITHDRAWN(0x98),
    RETAIN(0x9A),
    QOS_2(0x9B),
    NO_CONNECT(0x82),
    BUG(0x83);

    private final int mqttReason;

    Ending(int mqttReason) {
        this.mqttReason = mqttReason;
    }

    int mqttReason() {
        return mqttReason;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
