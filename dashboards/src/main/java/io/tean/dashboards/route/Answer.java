package io.tean.dashboards.route;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a handler answers: a value, sent by the door. */
public sealed interface Answer {
    String HTML = "text/html; charset=utf-8";
    String JSON = "application/json; charset=utf-8";

    /** A whole text. */
    record Text(int status, String type, String body, Map<String, String> headers, List<CookieValue> cookies)
            implements Answer {
        public Text {
            headers = Map.copyOf(headers);
            cookies = List.copyOf(cookies);
        }

        public Text with(CookieValue cookie) {
            List<CookieValue> all = new ArrayList<>(cookies);
            all.add(cookie);
            return new Text(status, type, body, headers, all);
        }

        Text withStatus(int other) {
            return new Text(other, type, body, headers, cookies);
        }
    }

    /**
     * A file, written while it is read from the database: it may be larger than memory.
     *
     * @param name that the browser saves it under
     */
    record Download(String name, String type, Content content) implements Answer {}

    /**
     * A small file, byte for byte; the browser saves it and never shows it.
     *
     * @param name that the browser saves it under
     */
    record Bytes(String name, byte[] content) implements Answer {
        static final String TYPE = "application/octet-stream";
    }

    /** The response handed over, for a stream of events; runs on the connection's own thread. */
    record Open(Opening opening) implements Answer {}

    /** The header that has a browser save a file. */
    static String attachment(String name) {
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"";
    }

    /** Writes a download's content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Takes a response over, head not yet written. */
    interface Opening {
        void with(HttpServerResponse response);
    }

    static Text page(String html) {
        return new Text(200, HTML, html, Map.of(), List.of());
    }

    /** A page that says that something is wrong with what was sent. */
    static Text page(int status, String html) {
        return new Text(status, HTML, html, Map.of(), List.of());
    }

    /** After a change: the browser fetches the page anew, so that a reload does not repeat the change. */
    static Text seeOther(String location) {
        return new Text(303, "text/plain; charset=utf-8", "", Map.of("Location", location), List.of());
    }

    static Text json(int status, String body) {
        return new Text(status, JSON, body, Map.of(), List.of());
    }
}
