package io.tean.ingest.session;

import io.tean.ingest.decode.PayloadDecoder;

/** Told of what sessions meet. */
public interface SessionCounts extends PayloadDecoder.DecodeCounts {
    void received();

    void acknowledged(int messages);

    void ackLost(int messages);

    void refused(Ending reason);

    void paused();
}
