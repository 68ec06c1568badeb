package io.tean.app.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser without eyes: it keeps cookies, sends forms as our pages do, and follows no redirect by itself. */
public final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI address;
    private final HttpClient http;
    private final Map<String, HttpCookie> cookies = new ConcurrentHashMap<>();

    /**
     * @param address of the service, such as {@code http://127.0.0.1:8080}
     * @param http that follows no redirects; several browsers may share one
     */
    public Browser(URI address, HttpClient http) {
        this.address = address;
        this.http = http;
    }

    /** What a page answered, in short. */
    public record Answer(int status, String location, String body) {}

    public Answer get(String path) {
        return answer(request(path).build(), BodyHandlers.ofString());
    }

    /** Fetches a page compressed, as browsers do, and looks at nothing but its status. */
    public int look(String path) {
        return send(request(path).header("Accept-Encoding", "gzip").build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** The CSRF word of a page with a form. */
    public String csrf(String path) {
        Answer page = get(path);
        Matcher word = CSRF.matcher(page.body());
        if (page.status() != 200 || !word.find()) {
            throw new IllegalStateException(path + " answered " + page.status() + ", not a page with a form");
        }
        return word.group(1);
    }

    /** Sends a form of our own page. */
    public Answer post(String path, String csrf, Map<String, String> fields) {
        String form = "csrf=" + encoded(csrf)
                + fields.entrySet().stream()
                        .map(field -> "&" + field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining());
        return answer(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", address.toString())
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Fetches the login page, fills it in and sends it. */
    public Answer logIn(String name, String password) {
        return post("/login", csrf("/login"), Map.of("name", name, "password", password));
    }

    /** The stream of events, until it is closed; whoever reads it closes it. */
    public HttpResponse<InputStream> events() {
        return send(endless("/events").header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
    }

    /** Forgets what browsers forget when they are closed: the session, and not what the service may know them by again. */
    public void closeWindow() {
        cookies.values().removeIf(cookie -> cookie.getMaxAge() < 0);
    }

    private HttpRequest.Builder request(String path) {
        return endless(path).timeout(PATIENCE);
    }

    private HttpRequest.Builder endless(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.values().stream()
                            .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Answer answer(HttpRequest request, BodyHandler<String> body) {
        HttpResponse<String> response = send(request, body);
        return new Answer(
                response.statusCode(), response.headers().firstValue("location").orElse(""), response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            HttpResponse<T> response = http.send(request, body);
            response.headers().allValues("set-cookie").stream()
                    .flatMap(header -> HttpCookie.parse(header).stream())
                    .forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void keep(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
