package io.tean.dashboards.live;

import io.tean.core.alert.EarlyAlarm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * One server-sent event.
 *
 * @param data one line, never empty: browsers keep an event without data to themselves
 */
record Event(String name, String data) {
    private static final JsonMapper JSON = new JsonMapper();

    static final Event BEAT = new Event("beat", "-");
    /** The page may have missed something and must fetch anew. */
    static final Event RESYNC = new Event("resync", "-");

    Event {
        if (data.isEmpty() || data.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    name + ": an event's data is one line that is not empty: '" + data + "'");
        }
    }

    static Event hello(String version, boolean database) {
        return new Event("hello", "{\"version\":\"%s\",\"database\":%s}".formatted(version, database));
    }

    static Event change(Topic topic) {
        return new Event("change", topic.word());
    }

    static Event database(boolean well) {
        return new Event("database", well ? "back" : "away");
    }

    /** Not stored yet: the event carries all that there is to say. */
    static Event earlyAlarm(EarlyAlarm alarm) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", alarm.noticeId());
        said.put("zh", alarm.titleZh());
        said.put("en", alarm.titleEn());
        said.put("code", alarm.equipmentCode());
        said.put("at", alarm.at());
        // Jackson escapes what would end the line.
        return new Event("early-alarm", JSON.writeValueAsString(said));
    }

    /** What was told early is stored: the alert stands in the lists. */
    static Event stored(UUID notice) {
        return new Event("early-stored", notice.toString());
    }

    static Event end(String reason) {
        return new Event("end", reason);
    }

    /** As it goes over the wire. */
    String text() {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
