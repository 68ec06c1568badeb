package io.tean.ingest.session;

import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.DeviceDirectory;
import io.tean.ingest.lane.Lanes;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What all sessions share: the directory, the lanes, the budget, and who is connected. Thread-safe. */
final class Sessions {
    final DeviceDirectory directory;
    final StreamCatalogue catalogue;
    final Lanes lanes;
    final Budget budget;
    final SessionLimits limits;
    final SessionCounts counts;
    final InstantSource clock;
    final Supplier<PayloadDecoder> decoders;
    final ConcurrentHashMap<String, DeviceSession> byDevice = new ConcurrentHashMap<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger pausedConnections = new AtomicInteger();

    Sessions(
            DeviceDirectory directory,
            StreamCatalogue catalogue,
            Lanes lanes,
            SessionLimits limits,
            SessionCounts counts,
            InstantSource clock,
            Supplier<PayloadDecoder> decoders) {
        this.directory = directory;
        this.catalogue = catalogue;
        this.lanes = lanes;
        this.budget = new Budget(limits.maxMessages(), limits.maxBytes());
        this.limits = limits;
        this.counts = counts;
        this.clock = clock;
        this.decoders = decoders;
    }

    /** Makes the session the one of its device; the one before is ended, on whatever loop it runs. */
    void enter(String deviceId, DeviceSession session) {
        DeviceSession before = byDevice.put(deviceId, session);
        if (before != null && before != session) {
            before.end(Ending.TAKEN_OVER);
        }
    }

    void leave(String deviceId, DeviceSession session) {
        byDevice.remove(deviceId, session);
    }
}
