package io.tean.dashboards.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts addresses together. */
public final class Address {
    private Address() {}

    /** A path with a query; blank values are left out. */
    public static String of(String path, Map<String, String> query) {
        String text = new TreeMap<>(query)
                .entrySet().stream()
                        .filter(entry -> !entry.getValue().isBlank())
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return text.isEmpty() ? path : path + "?" + text;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
