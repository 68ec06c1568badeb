package io.tean.dashboards.route;

import io.tean.core.audit.Actor;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Tongue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the door let in: its viewer may use this route.
 *
 * @param parameters what stands in place of the path's {@code :names}
 * @param csrf the word that a form on the answer must send back
 */
public record Request(
        Route route,
        Received received,
        Optional<Viewer> visitor,
        Map<String, String> parameters,
        Language language,
        String csrf) {

    /** The account that asks; only a route for anyone is without. */
    public Viewer viewer() {
        return visitor.orElseThrow(() -> new IllegalStateException(route + " lets strangers in, and has no viewer"));
    }

    public Scope scope() {
        return viewer().scope();
    }

    public Actor actor() {
        return viewer().actor(source());
    }

    public String source() {
        return received.origin().address();
    }

    /** A value from the path, such as the device of {@code /devices/:device}. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException(route.path() + " has no :" + name);
        }
        return value;
    }

    /** A value from the query; blank counts as none. */
    public Optional<String> query(String name) {
        return Received.first(received.query(), name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A value of the form that was sent; empty when there is none. */
    public String field(String name) {
        return Received.first(received.form(), name).orElse("");
    }

    /** All values of a form field that may be ticked several times. */
    public List<String> fields(String name) {
        return received.form().getOrDefault(name, List.of());
    }

    /** The file that was sent with the form; empty when there is none. */
    public Optional<Received.Upload> upload() {
        return received.upload();
    }

    public Optional<String> cookie(String name) {
        return Optional.ofNullable(received.cookies().get(name));
    }

    public Tongue tongue() {
        return new Tongue(language);
    }

    /** This page with other values in its query; an empty value takes one away. */
    public String with(Map<String, String> changes) {
        Map<String, String> query = new HashMap<>();
        received.query().forEach((name, values) -> query.put(name, values.getFirst()));
        query.remove("done");
        query.putAll(changes);
        return Address.of(path(), query);
    }

    /** What was asked for, on this host: "//other/" would be an address of another. */
    private String path() {
        return received.uri().replaceFirst("\\?.*", "").replaceFirst("^([A-Za-z]+://[^/]*)?/*", "/");
    }
}
