package io.tean.dashboards.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in, read once, off the network and not yet believed.
 *
 * @param uri path and query as sent
 * @param headers by lower-case name, the first of each
 */
public record Received(
        String uri,
        Map<String, String> headers,
        Map<String, String> cookies,
        Map<String, List<String>> query,
        Map<String, List<String>> form,
        String body,
        Origin origin,
        Optional<Upload> upload) {

    public Received(
            String uri,
            Map<String, String> headers,
            Map<String, String> cookies,
            Map<String, List<String>> query,
            Map<String, List<String>> form,
            String body,
            Origin origin) {
        this(uri, headers, cookies, query, form, body, origin, Optional.empty());
    }

    /**
     * A file that came with a form.
     *
     * @param file holds it until the request is answered: whoever needs it longer moves it away
     * @param name as the person's machine calls it
     */
    public record Upload(Path file, String name) {}

    Received with(Optional<Upload> other) {
        return new Received(uri, headers, cookies, query, form, body, origin, other);
    }

    /**
     * Where a request comes from.
     *
     * @param address of the person's machine: the peer's, or what a trusted proxy says of it
     * @param neighbour whether the peer is this very machine and no proxy's errand
     */
    public record Origin(String address, boolean neighbour) {}

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }
}
