package io.tean.app.bench;

import io.tean.app.load.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** An open browser tab: it holds a stream of events and notes for how long it hears nothing. */
final class Tab implements AutoCloseable {
    private final InputStream stream;
    private long heardAt;
    private long longestSilence;
    private boolean open = true;

    /** @throws IllegalStateException when the service opens none */
    Tab(Browser browser) {
        HttpResponse<InputStream> response = browser.events();
        if (response.statusCode() != 200) {
            throw new IllegalStateException("GET /events answered " + response.statusCode());
        }
        stream = response.body();
        heardAt = System.nanoTime();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: end")) {
                    break;
                }
                if (line.startsWith("event: ")) {
                    hear();
                }
            }
        } catch (IOException e) {
            // Broken or closed: either way it is not open any more, and that is what counts.
        }
        lose();
    }

    private synchronized void hear() {
        long now = System.nanoTime();
        longestSilence = Math.max(longestSilence, now - heardAt);
        heardAt = now;
    }

    private synchronized void lose() {
        open = false;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** The longest silence in seconds since the last call, the one that lasts still included. */
    synchronized double cutSilence() {
        long longest = Math.max(longestSilence, System.nanoTime() - heardAt);
        longestSilence = 0;
        return longest / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a stream of events", e);
        }
    }
}
