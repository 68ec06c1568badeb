package io.tean.dashboards;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that keeps cookies and follows nothing by itself. */
public final class Person {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final OpenHouse house;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Person(OpenHouse house) {
        this.house = house;
    }

    /** Logs in on the login page, as a browser does. */
    public HttpResponse<String> login(String name, String password) {
        HttpResponse<String> answer = post("/login", Map.of("name", name, "password", password));
        if (answer.statusCode() != 303) {
            throw new IllegalStateException("cannot log in as " + name + ": " + answer.statusCode());
        }
        return answer;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers));
    }

    /** Sends a form with the CSRF word of the page that the form stands on. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("csrf", csrf());
        return postAsIs(path, all);
    }

    /** Sends a form as given. */
    public HttpResponse<String> postAsIs(String path, Map<String, String> fields, String... headers) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(house.address(path)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The word that this browser's forms send back. */
    public String csrf() {
        // Every page has it; which one there is depends on whether somebody is logged in.
        for (String path : new String[] {"/password", "/login"}) {
            Matcher word = CSRF.matcher(get(path).body());
            if (word.find()) {
                return word.group(1);
            }
        }
        throw new IllegalStateException("no page with a CSRF word");
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    public HttpClient client() {
        return client;
    }

    /** A query such as {@code q=a b&sort=c} as it stands in an address. */
    public static String query(String readable) {
        return Arrays.stream(readable.split("&"))
                .map(part -> part.split("=", 2))
                .map(pair -> encoded(pair[0]) + "=" + encoded(pair[1]))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
