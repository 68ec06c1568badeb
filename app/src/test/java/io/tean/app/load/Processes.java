package io.tean.app.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Linux knows about other processes, and the signals to them. */
public final class Processes {
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    /** Linux counts CPU time in hundredths of a second on every machine that Tean runs on. */
    private static final double TICKS_A_SECOND = 100;

    private Processes() {}

    /** Resident memory in KiB; 0 when the process is gone. */
    public static long rssKib(long pid) {
        try {
            Matcher rss = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return rss.find() ? Long.parseLong(rss.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU seconds that the process has used, in user mode and in the kernel. */
    public static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name in parentheses may hold spaces.
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone", e);
        }
    }

    static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends a signal such as KILL, STOP, CONT or TERM; processes that are gone already do not matter. */
    static void signal(String signal, Collection<Long> pids) {
        String list = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        Checkout.run(
                new ProcessBuilder("bash", "-c", "kill -" + signal + " " + list + " 2>/dev/null || true"),
                Duration.ofSeconds(20));
    }
}
