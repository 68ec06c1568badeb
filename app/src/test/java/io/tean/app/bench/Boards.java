package io.tean.app.bench;

import io.tean.app.load.Browser;
import io.tean.app.load.House;
import io.tean.app.load.LatencyLog;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The open boards of a city's dispatchers, as their script behaves: each holds a stream of events, and fetches its cases when the stream says that
 * cases changed, after up to 40 ms and no more often than every 150 ms. As the recorder of a fleet they know when each machine cried.
 */
final class Boards implements Recorder, AutoCloseable {
    private static final int SPREAD_MILLIS = 40;
    private static final int APART_MILLIS = 150;
    private static final int ACCOUNTS = 25;
    private static final Pattern MACHINE = Pattern.compile("LOAD\\d{13}");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Map<String, Long> criedAt = new ConcurrentHashMap<>();
    private final List<Board> boards = new ArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private LatencyLog latencies = new LatencyLog();
    private LatencyLog notices = new LatencyLog();
    private final Set<String> told = new HashSet<>();
    private long seen;

    /** Opens them, each logged in. */
    Boards(House house, int count) {
        List<Browser> sessions = Visitors.sessions(house, http, ACCOUNTS);
        for (int i = 0; i < count; i++) {
            boards.add(new Board(sessions.get(i % sessions.size())));
        }
    }

    @Override
    public void published(Terminal terminal, int shape, long number, long epochMicros, boolean again, long nanos) {
        criedAt.putIfAbsent(terminal.login().equipment(), nanos);
    }

    @Override
    public void acknowledged(Terminal terminal, int shape, long number, long epochMicros, long nanos) {}

    /** A notice arrived at its far side: the first one of a machine counts. */
    synchronized void handedOver(String text) {
        Matcher machine = MACHINE.matcher(text);
        if (machine.find() && criedAt.containsKey(machine.group()) && told.add(machine.group())) {
            notices.add(System.nanoTime() - criedAt.get(machine.group()));
        }
    }

    private synchronized void seen(long nanos) {
        latencies.add(nanos);
        seen++;
    }

    /** Waits until every board has seen so many machines and a notice of each arrived; how many were missing at the end. */
    long await(int machines, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        long missing = missing(machines);
        while (missing > 0 && System.nanoTime() - end < 0) {
            Pauses.millis(20);
            missing = missing(machines);
        }
        return missing;
    }

    private synchronized long missing(int machines) {
        return (long) machines * boards.size() - seen + machines - told.size();
    }

    /** How they were served since the last call. */
    record Served(LatencyLog screens, LatencyLog notices, int fetches) {}

    synchronized Served cut() {
        Served served = new Served(latencies, notices, fetches.getAndSet(0));
        latencies = new LatencyLog();
        notices = new LatencyLog();
        told.clear();
        criedAt.clear();
        seen = 0;
        return served;
    }

    int open() {
        return (int) boards.stream().filter(board -> board.open).count();
    }

    @Override
    public void close() {
        boards.forEach(Board::close);
        http.shutdownNow();
    }

    private final class Board {
        private final Browser browser;
        private final InputStream stream;
        private final Semaphore changed = new Semaphore(0);
        private final Set<String> known = new HashSet<>();
        private volatile boolean open = true;

        Board(Browser browser) {
            this.browser = browser;
            HttpResponse<InputStream> response = browser.events();
            if (response.statusCode() != 200) {
                throw new IllegalStateException("GET /events answered " + response.statusCode());
            }
            stream = response.body();
            Thread.ofVirtual().start(this::listen);
            Thread.ofVirtual().start(this::fetch);
        }

        private void listen() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("data: case")) {
                        changed.release();
                    }
                }
            } catch (IOException e) {
                // Broken or closed: either way it is not open any more, and that is counted.
            }
            open = false;
        }

        private void fetch() {
            try {
                while (open) {
                    changed.acquire();
                    Thread.sleep(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS));
                    changed.drainPermits();
                    long start = System.nanoTime();
                    Browser.Answer page = browser.get("/board?part=cases");
                    fetches.incrementAndGet();
                    long now = System.nanoTime();
                    for (Matcher machine = MACHINE.matcher(page.body()); machine.find(); ) {
                        Long at = criedAt.get(machine.group());
                        if (at != null && known.add(machine.group())) {
                            seen(now - at);
                        }
                    }
                    Thread.sleep(Math.max(0, APART_MILLIS - (System.nanoTime() - start) / 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (UncheckedIOException e) {
                // The end of the bench cuts what is under way.
                if (open) {
                    open = false;
                    throw e;
                }
            }
        }

        void close() {
            open = false;
            try {
                stream.close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
