package io.tean.dashboards.letter;

import java.util.Locale;
import java.util.Optional;

/** How it stands with a dead letter. */
public enum LetterState {
    /** Nobody has decided. */
    KEPT("bad"),
    /** The running service takes it in again as soon as it can. */
    TO_REPLAY("quiet"),
    REPLAYED("good"),
    DISCARDED("quiet");

    private final String badge;

    LetterState(String badge) {
        this.badge = badge;
    }

    /** As in the table, such as {@code to-replay}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The look of its badge. */
    public String badge() {
        return badge;
    }

    public boolean mayBeReplayed() {
        return this == KEPT;
    }

    public boolean mayBeDiscarded() {
        return this == KEPT || this == TO_REPLAY;
    }

    static Optional<LetterState> of(String word) {
        for (LetterState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
