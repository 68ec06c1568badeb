package io.tean.dashboards.live;

import java.util.Set;
import java.util.UUID;

/** Who is told what changes. May be told from any thread, and never blocks it. */
public interface Audience {
    /** @param topic what changed, such as {@code device}: an audit entry's kind of subject, or the word of a {@link Topic} */
    void changed(String topic);

    /** Whether the database answers, told as often as one likes. When it answers again, everybody fetches anew. */
    void database(boolean well);

    /** Notices of emergencies that were told before they were stored: whoever watches the database looks for them. */
    Set<UUID> awaited();

    /** An awaited notice is in the database now. */
    void stored(UUID notice);
}
