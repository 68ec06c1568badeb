package io.tean.ingest.lane;

import io.tean.ingest.store.StoreCounts;

/** Told of what a lane meets. */
public interface LaneCounts extends StoreCounts {
    void retried(String sqlState);
}
