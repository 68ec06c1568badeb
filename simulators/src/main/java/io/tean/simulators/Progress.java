package io.tean.simulators;

import io.tean.simulators.link.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A line every few seconds about how a run goes. */
final class Progress {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final int devices;
    private final Tally tally;
    private Instant next;

    Progress(PrintStream out, int devices, Tally tally, Instant now) {
        this.out = out;
        this.devices = devices;
        this.tally = tally;
        this.next = now.plus(PAUSE);
    }

    void show(Instant now, Instant simulated) {
        if (!now.isBefore(next)) {
            next = now.plus(PAUSE);
            print(simulated);
        }
    }

    void print(Instant simulated) {
        out.println(line(simulated, devices, tally));
    }

    static String line(Instant simulated, int devices, Tally tally) {
        String dropped = tally.dropped() == 0 ? "" : String.format(Locale.ROOT, "  dropped %,d", tally.dropped());
        return String.format(
                        Locale.ROOT,
                        "%s  devices %d/%d  sent %,d  acknowledged %,d  refused %,d  buffered %,d",
                        simulated.truncatedTo(ChronoUnit.SECONDS),
                        tally.connected(),
                        devices,
                        tally.sent(),
                        tally.acknowledged(),
                        tally.refused(),
                        tally.buffered())
                + dropped;
    }
}
