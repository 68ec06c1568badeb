package io.tean.ingest;

import io.tean.core.meter.MeterDeclaration;
import java.util.List;

/** The meters of the way from device to committed row. */
public enum IngestMeters implements MeterDeclaration {
    RECEIVED("tean.ingest.received", Kind.COUNTER, "Messages that devices published"),
    ACKNOWLEDGED("tean.ingest.acknowledged", Kind.COUNTER, "Messages acknowledged to devices, bad ones included"),
    ACK_LOST(
            "tean.ingest.ack.lost", Kind.COUNTER, "Acknowledgements whose connection had gone; the device sends again"),
    STORED("tean.ingest.stored", Kind.COUNTER, "Readings committed"),
    DUPLICATE("tean.ingest.duplicate", Kind.COUNTER, "Readings that were stored already, with the same content"),
    DEAD_LETTER("tean.ingest.dead.letter", Kind.COUNTER, "Messages or readings kept as dead letters", "reason"),
    LATE("tean.ingest.late", Kind.COUNTER, "Readings more than an hour old when they arrived"),
    UNKNOWN_FIELD(
            "tean.ingest.unknown.field", Kind.COUNTER, "Fields in payloads that the stream does not declare; ignored"),
    REFUSED("tean.ingest.refused", Kind.COUNTER, "Connections refused or ended by us", "reason"),
    PAUSED("tean.ingest.paused", Kind.COUNTER, "Times that a connection was held back: its socket was not read"),
    PAUSED_CONNECTIONS("tean.ingest.paused.connections", Kind.GAUGE, "Connections held back now"),
    CONNECTIONS("tean.ingest.connections", Kind.GAUGE, "Connections open now, logged in or not"),
    UNACKED_MESSAGES("tean.ingest.unacked.messages", Kind.GAUGE, "Messages received and not yet settled"),
    UNACKED_BYTES(
            "tean.ingest.unacked.bytes",
            Kind.GAUGE,
            "Bytes of memory that messages received and not yet settled take, about"),
    UNACKED_OLDEST("tean.ingest.unacked.oldest", Kind.GAUGE, "Age in seconds of the oldest message not yet settled"),
    BATCH_ROWS("tean.ingest.batch.rows", Kind.SUMMARY, "Readings in a transaction"),
    COMMIT("tean.ingest.commit", Kind.TIMER, "Time from the first byte of a batch to its commit"),
    STAGED(
            "tean.ingest.staged",
            Kind.COUNTER,
            "Batches that went through the staging table because of a duplicate key"),
    RETRY("tean.ingest.retry", Kind.COUNTER, "Batches tried again, by the SQL state that stopped them", "state"),
    STEP_FAILED("tean.ingest.step.failed", Kind.COUNTER, "Batches that an in-transaction step could not judge", "step"),
    REJUDGE_MARKS("tean.ingest.rejudge.marks", Kind.GAUGE, "Stored readings that a step has still to judge"),
    REPLAYED("tean.ingest.replayed", Kind.COUNTER, "Dead letters handed to the lanes again"),
    CONTACT_FAILED(
            "tean.ingest.contact.failed",
            Kind.COUNTER,
            "Times that the devices' last contact could not be written; the next time writes it as well"),
    SUMMARY_LAG(
            "tean.summary.lag",
            Kind.GAUGE,
            "Seconds since the oldest hour that is not summarised could have been; 0 when all are"),
    SUMMARY_NOTES("tean.summary.notes", Kind.GAUGE, "Notes of late readings whose hours have to be summarised again"),
    SUMMARY_ROWS("tean.summary.rows", Kind.COUNTER, "Rows of hourly and daily summaries made or made again"),
    SUMMARY_FAILED(
            "tean.summary.failed",
            Kind.COUNTER,
            "Times that a job of summaries or retention failed; it is tried again"),
    CHUNKS_DROPPED(
            "tean.retention.chunks", Kind.COUNTER, "Chunks of readings or summaries dropped after their retention"),
    DEAD_LETTERS_FORGOTTEN("tean.retention.dead.letters", Kind.COUNTER, "Dead letters deleted after their retention"),
    DEVICES("tean.ingest.devices", Kind.GAUGE, "Device logins that may connect");

    private final String meterName;
    private final Kind kind;
    private final String meaning;
    private final String tagKey;

    IngestMeters(String meterName, Kind kind, String meaning) {
        this(meterName, kind, meaning, "");
    }

    IngestMeters(String meterName, Kind kind, String meaning, String tagKey) {
        this.meterName = meterName;
        this.kind = kind;
        this.meaning = meaning;
        this.tagKey = tagKey;
    }

    @Override
    public String meterName() {
        return meterName;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<String> tagKeys() {
        return tagKey.isEmpty() ? List.of() : List.of(tagKey);
    }
}
