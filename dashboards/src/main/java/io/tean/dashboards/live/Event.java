package io.tean.dashboards.live;

/**
 * One server-sent event.
 *
 * @param data one line, never empty: browsers keep an event without data to themselves
 */
record Event(String name, String data) {
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

    static Event end(String reason) {
        return new Event("end", reason);
    }

    /** As it goes over the wire. */
    String text() {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
