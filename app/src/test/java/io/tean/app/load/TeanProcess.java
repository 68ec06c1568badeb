package io.tean.app.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code bin/tean serve} as a child process: what is measured and killed is what is shipped. */
public final class TeanProcess {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+).*");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** What /health/ready says. */
    public enum Readiness {
        READY,
        NOT_READY,
        /** No answer within two seconds. */
        SILENT
    }

    private final Process process;
    private final Path log;
    private final int httpPort;
    private long pid;

    private TeanProcess(Process process, Path log, int httpPort) {
        this.process = process;
        this.log = log;
        this.httpPort = httpPort;
        this.pid = process.pid();
    }

    /** Starts it and waits until it is ready. Its output is appended to the log. */
    static TeanProcess start(Checkout checkout, Map<String, String> environment, Path log, int httpPort) {
        ProcessBuilder builder = checkout.command(environment, "tean", "serve");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            TeanProcess tean = new TeanProcess(builder.start(), log, httpPort);
            tean.awaitStarted();
            return tean;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start bin/tean serve", e);
        }
    }

    private void awaitStarted() {
        Instant end = Instant.now().plus(START);
        while (readiness() != Readiness.READY) {
            boolean late = Instant.now().isAfter(end);
            if (late || !process.isAlive()) {
                kill();
                throw new IllegalStateException("bin/tean serve "
                        + (late ? "is not ready after " + START.toSeconds() + " s" : "ended at its start") + "; "
                        + log + " ends with: " + lastLines());
            }
            Pauses.millis(50);
        }
        // bin/tean may stay as a shell above the JVM.
        pid = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .filter(p -> Processes.name(p).equals("java"))
                .findFirst()
                .orElse(process.pid());
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e + ")";
        }
    }

    /** The JVM's process id. */
    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Readiness readiness() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? Readiness.READY : Readiness.NOT_READY;
        } catch (IOException e) {
            return Readiness.SILENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Has the JVM collect its garbage, so that memory can be compared; the KiB that its living objects take. */
    public long liveHeapKib() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String total = Checkout.run(
                        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram"), Duration.ofSeconds(60))
                .getLast();
        Matcher bytes = HISTOGRAM_TOTAL.matcher(total);
        if (!bytes.matches()) {
            throw new IllegalStateException("jcmd GC.class_histogram ends with '" + total + "', not with its total");
        }
        return Long.parseLong(bytes.group(1)) >> 10;
    }

    /** {@code kill -9}, and waits until it is gone. */
    public void kill() {
        Processes.signal("KILL", List.of(pid));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and waits until it has ended. */
    public void stop() {
        Processes.signal("TERM", List.of(pid));
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("bin/tean serve (" + pid + ") has not ended after 60 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public void pause() {
        Processes.signal("STOP", List.of(pid));
    }

    public void resume() {
        Processes.signal("CONT", List.of(pid));
    }
}
