package io.tean.app.load;

/** Decides what the terminals of a fleet publish next; called on the fleet's thread. */
public interface Feed {
    /** Drafts the terminal's next message; false when it has none at present. */
    boolean next(Terminal terminal, Draft draft);

    /** Readings of the present moment in the terminal's first shape, each with a time of its own. */
    static Feed live() {
        return (terminal, draft) -> {
            long number = terminal.newNumber();
            draft.message(0, number, terminal.newTime(draft.nowMicros()));
            return true;
        };
    }

    /** One message of each terminal in its first shape, of the present moment. */
    static Feed once(int terminals) {
        boolean[] done = new boolean[terminals];
        return (terminal, draft) -> {
            if (done[terminal.index()]) {
                return false;
            }
            done[terminal.index()] = true;
            draft.message(0, terminal.newNumber(), draft.nowMicros());
            return true;
        };
    }

    /** Nothing: connections that are only held. */
    static Feed silence() {
        return (terminal, draft) -> false;
    }
}
