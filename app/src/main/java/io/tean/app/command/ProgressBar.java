package io.tean.app.command;

import io.tean.register.intake.Progress;
import java.io.PrintStream;

/** Shows how far an import is: one line that grows on a terminal, a line now and then elsewhere. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 40;
    private static final int LINES_BETWEEN = 10;

    private final PrintStream out;
    private final boolean terminal;
    private int told;

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void at(long bytesRead, long bytes, long rowsRead) {
        double part = bytes == 0 ? 1 : Math.min(1, (double) bytesRead / bytes);
        if (terminal) {
            int filled = (int) (part * WIDTH);
            out.printf(
                    "\r[%s%s] %3.0f %%  %,d rows",
                    "#".repeat(filled), " ".repeat(WIDTH - filled), part * 100, rowsRead);
            out.flush();
        } else if (told % LINES_BETWEEN == 0) {
            out.printf("%.0f %%, %d rows read%n", part * 100, rowsRead);
        }
        told++;
    }

    /** The line is full. */
    void end() {
        if (terminal && told > 0) {
            out.println();
        }
    }
}
