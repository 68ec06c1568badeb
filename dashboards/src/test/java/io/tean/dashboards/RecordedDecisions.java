package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.reading.DeadLetterDecisions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was decided, and answers as a test wants it. */
public final class RecordedDecisions implements DeadLetterDecisions {
    private final List<String> made = new CopyOnWriteArrayList<>();
    private volatile boolean answer = true;

    @Override
    public boolean replay(long deadLetterId, Actor actor) {
        return note("replay", deadLetterId, actor);
    }

    @Override
    public boolean discard(long deadLetterId, Actor actor) {
        return note("discard", deadLetterId, actor);
    }

    /** Each as "replay 7 by ACCOUNT admin from 127.0.0.1". */
    public List<String> made() {
        return List.copyOf(made);
    }

    /** Forgets what was decided. */
    public void answer(boolean next) {
        made.clear();
        answer = next;
    }

    private boolean note(String what, long letter, Actor actor) {
        made.add(what + " " + letter + " by " + actor.kind() + " " + actor.name() + " from "
                + actor.source().orElse("nowhere"));
        return answer;
    }
}
