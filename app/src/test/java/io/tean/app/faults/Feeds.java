package io.tean.app.faults;

import io.tean.app.load.Feed;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What terminals publish in the scenarios beside plain live readings. */
final class Feeds {
    static final int READINGS_OF_A_DAY = 1_440;
    private static final int WEEK_HOURS = 7 * 24;
    private static final int TOO_MANY_HOURS = 9 * 24;

    private Feeds() {}

    /** Everything that the ledger holds until now, once more, as new messages. */
    static Feed replay(Ledger ledger) {
        int[] next = new int[ledger.terminals().size()];
        int[] end = ledger.terminals().stream().mapToInt(ledger::count).toArray();
        return (terminal, draft) -> {
            int number = next[terminal.index()];
            if (number >= end[terminal.index()]) {
                return false;
            }
            next[terminal.index()]++;
            draft.message(ledger.shape(terminal, number), number, ledger.time(terminal, number));
            return true;
        };
    }

    /** A reading a minute for each terminal, from {@code startMicros} on, for a day. */
    static Feed day(long startMicros, int terminals) {
        int[] sent = new int[terminals];
        return (terminal, draft) -> {
            int minute = sent[terminal.index()];
            if (minute >= READINGS_OF_A_DAY) {
                return false;
            }
            sent[terminal.index()]++;
            draft.message(0, terminal.newNumber(), startMicros + TimeUnit.MINUTES.toMicros(minute));
            return true;
        };
    }

    /**
     * Live readings, mixed with as many of the last seven days in no order, and a few that are too old to be taken. Late by whole
     * hours: load takes less than that, so no two readings of a machine get the same time.
     */
    static Feed liveAndLate(Random random) {
        return (terminal, draft) -> {
            int dice = random.nextInt(100);
            int hoursLate = dice < 2 ? TOO_MANY_HOURS : dice < 50 ? 1 + random.nextInt(WEEK_HOURS - 1) : 0;
            long time = terminal.newTime(draft.nowMicros()) - TimeUnit.HOURS.toMicros(hoursLate);
            draft.message(0, terminal.newNumber(), time);
            return true;
        };
    }

    /** Elevator events, every third one an entrapment; shape 0 is the entrapment, shape 1 the other. */
    static Feed events(Random random) {
        return (terminal, draft) -> {
            long number = terminal.newNumber();
            draft.message(random.nextInt(3) == 0 ? 0 : 1, number, terminal.newTime(draft.nowMicros()));
            return true;
        };
    }
}
