package io.tean.dashboards.route;

import io.tean.core.meter.MeterDeclaration;
import java.util.List;

/** The meters of the web side. */
public enum WebMeters implements MeterDeclaration {
    REFUSED("tean.web.refused", Kind.COUNTER, "Requests that were not carried out", "reason"),
    LOGIN("tean.web.login", Kind.COUNTER, "Attempts to log in", "outcome"),
    LOOKUP("tean.web.lookup", Kind.COUNTER, "Machines and certificates that the public asked for", "outcome"),
    SESSIONS("tean.web.sessions", Kind.GAUGE, "Sessions that this process knows to be open"),
    STREAMS("tean.web.streams", Kind.GAUGE, "Event streams open to browsers"),
    STREAM_REFUSED("tean.web.stream.refused", Kind.COUNTER, "Event streams not opened, for too many are open", "bound"),
    STREAM_CLOSED("tean.web.stream.closed", Kind.COUNTER, "Event streams that we ended", "reason");

    private final String meterName;
    private final Kind kind;
    private final String meaning;
    private final String tagKey;

    WebMeters(String meterName, Kind kind, String meaning) {
        this(meterName, kind, meaning, "");
    }

    WebMeters(String meterName, Kind kind, String meaning, String tagKey) {
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
