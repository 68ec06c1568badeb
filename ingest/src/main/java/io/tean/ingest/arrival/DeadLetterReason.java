package io.tean.ingest.arrival;

import java.util.Locale;

/** Why a message or a reading was not stored as a reading, with the MQTT 5 reason code that its PUBACK carries. */
public enum DeadLetterReason {
    /** Not one JSON object or array of objects: broken syntax, too deep, a name twice, bytes behind the end. */
    NOT_JSON(0x99),
    NOT_UTF8(0x99),
    DUPLICATE_KEY(0x99),
    TOO_MANY_READINGS(0x99),
    WRONG_TYPE(0x99),
    OUT_OF_RANGE(0x99),
    TEXT_TOO_LONG(0x99),
    /** U+0000 or half of a surrogate pair, which the database cannot hold. */
    FORBIDDEN_CHARACTER(0x99),
    UNKNOWN_WORD(0x99),
    UNKNOWN_CODE(0x99),
    MISSING_FIELD(0x99),
    MISSING_TIME(0x99),
    BAD_TIME(0x99),
    TIME_AHEAD(0x83),
    TOO_OLD(0x83),
    UNKNOWN_STREAM(0x90),
    /** Bound to the device and not in the register yet; replayed by itself once it is. */
    UNREGISTERED_EQUIPMENT(0x83),
    /** Stored already under the same key, with other content. */
    CONFLICT(0x83),
    REFUSED_BY_DATABASE(0x83);

    private final int mqttReason;

    DeadLetterReason(int mqttReason) {
        this.mqttReason = mqttReason;
    }

    /** The reason code of MQTT 5, table 3.4.2.1. */
    public int mqttReason() {
        return mqttReason;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
