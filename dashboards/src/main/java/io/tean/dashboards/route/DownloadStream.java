package io.tean.dashboards.route;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a download piece by piece, no faster than its reader takes it. */
final class DownloadStream extends OutputStream {
    private static final int PIECE = 16 * 1024;
    /** A reader that takes nothing for so long has gone. */
    private static final int PATIENCE_SECONDS = 20;

    private final Context loop;
    private final HttpServerResponse response;
    private final Answer.Download download;
    private Buffer piece = Buffer.buffer(PIECE + 1024);

    DownloadStream(Context loop, HttpServerResponse response, Answer.Download download) {
        this.loop = loop;
        this.response = response;
        this.download = download;
    }

    void run() throws IOException {
        // The head goes with the first piece, so that what fails before can still be told as an error.
        download.content().writeTo(this);
        send(true);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        piece.appendBytes(bytes, offset, length);
        if (piece.length() >= PIECE) {
            send(false);
        }
    }

    private void send(boolean last) throws IOException {
        Buffer buffer = piece;
        piece = Buffer.buffer(PIECE + 1024);
        Promise<Void> sent = Promise.promise();
        loop.runOnContext(ignored -> write(buffer, last).onComplete(sent));
        try {
            sent.future().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the reader of " + download.name() + " went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        }
    }

    private Future<Void> write(Buffer buffer, boolean last) {
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, download.type())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(HttpHeaders.CONTENT_DISPOSITION, Answer.attachment(download.name()));
        }
        return last ? response.end(buffer) : response.write(buffer);
    }
}
