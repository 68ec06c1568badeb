package io.tean.ingest.session;

import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.Contact;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/** The sessions of one event loop, and its decoder. Touched by that loop's thread only. */
final class SessionLoop {
    private static final int RESUMED_AT_ONCE = 64;

    final PayloadDecoder decoder;
    private final Sessions sessions;
    private final Set<DeviceSession> open = new HashSet<>();
    private final Set<DeviceSession> paused = new LinkedHashSet<>();
    private final Map<String, Contact> gone = new HashMap<>();
    private long checkedRevision = -1;

    SessionLoop(Sessions sessions) {
        this.sessions = sessions;
        this.decoder = sessions.decoders.get();
    }

    void opened(DeviceSession session) {
        open.add(session);
        sessions.connections.incrementAndGet();
    }

    void closed(DeviceSession session) {
        if (open.remove(session)) {
            sessions.connections.decrementAndGet();
        }
        resumed(session);
    }

    /** Kept for the next collection: one entry a device, however often it comes and goes. */
    void gone(Contact contact) {
        gone.merge(contact.deviceId(), contact, Contact::and);
    }

    /** The devices that were heard, came or went since the last time. */
    void collectContacts(ConcurrentMap<String, Contact> into) {
        Instant now = sessions.clock.instant();
        long nowNanos = System.nanoTime();
        for (DeviceSession session : open) {
            session.newContact(now, nowNanos)
                    .ifPresent(contact -> into.merge(contact.deviceId(), contact, Contact::and));
        }
        gone.values().forEach(contact -> into.merge(contact.deviceId(), contact, Contact::and));
        gone.clear();
    }

    void paused(DeviceSession session) {
        if (paused.add(session)) {
            sessions.counts.paused();
            sessions.pausedConnections.incrementAndGet();
        }
    }

    void resumed(DeviceSession session) {
        if (paused.remove(session)) {
            sessions.pausedConnections.decrementAndGet();
        }
    }

    /** Often: reads again those that were held back for want of room. */
    void resumeWherePossible() {
        if (!paused.isEmpty() && sessions.budget.hasRoom()) {
            // Each reads at least one buffer before anybody counts: all at once would overrun the budget.
            List.copyOf(paused).stream().limit(RESUMED_AT_ONCE).forEach(DeviceSession::resumeIfPossible);
        }
    }

    /** Each second: ends those that are silent, held back for too long, or whose login was withdrawn. */
    void supervise(long nowNanos) {
        long revision = sessions.directory.revision();
        boolean directoryChanged = revision != checkedRevision;
        checkedRevision = revision;
        for (DeviceSession session : List.copyOf(open)) {
            session.supervise(nowNanos, directoryChanged);
        }
    }

    /** Ends all sessions; those that have un-acknowledged messages get their PUBACKs first. */
    void shutDown() {
        List.copyOf(open).forEach(session -> session.end(Ending.SHUTTING_DOWN));
    }

    /** Takes nothing more in, so that what is in hand can be finished. */
    void stopReading() {
        List.copyOf(open).forEach(DeviceSession::stopReading);
    }
}
