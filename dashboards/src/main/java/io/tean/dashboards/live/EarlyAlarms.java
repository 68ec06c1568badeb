package io.tean.dashboards.live;

import io.tean.core.alert.EarlyAlarm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Emergencies that were told before they were stored, until their notice is in the database. Thread-safe and bounded. */
final class EarlyAlarms {
    /** Of a city whose database is away for long; the newest are kept. */
    static final int MOST = 200;
    /** Notices that are told no more, whatever is said about them again. */
    private static final int KNOWN = 10_000;

    private final Map<UUID, EarlyAlarm> waiting = new LinkedHashMap<>();
    private final Map<UUID, Boolean> known = new LinkedHashMap<>();

    /** Whether this is the first time that anybody hears of the notice. */
    synchronized boolean add(EarlyAlarm alarm) {
        if (known.putIfAbsent(alarm.noticeId(), true) != null) {
            return false;
        }
        waiting.put(alarm.noticeId(), alarm);
        bound(known, KNOWN);
        bound(waiting, MOST);
        return true;
    }

    /** Whether it was waited for until now. */
    synchronized boolean remove(UUID notice) {
        return waiting.remove(notice) != null;
    }

    synchronized Set<UUID> notices() {
        return Set.copyOf(waiting.keySet());
    }

    /** As they are told to whoever comes later, the oldest first. */
    synchronized List<Event> events() {
        return waiting.values().stream().map(Event::earlyAlarm).toList();
    }

    private static void bound(Map<UUID, ?> map, int most) {
        if (map.size() > most) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
