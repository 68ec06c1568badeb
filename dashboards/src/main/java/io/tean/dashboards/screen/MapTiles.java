package io.tean.dashboards.screen;

import java.net.URI;

/**
 * Where the tiles below a map come from: Web Mercator, 256 pixels.
 *
 * @param template an address with {z}, {x} and {y} in it
 */
public record MapTiles(String template) {
    /** @throws IllegalArgumentException with one line when it is no such address */
    public static MapTiles of(String template) {
        boolean complete = template.contains("{z}") && template.contains("{x}") && template.contains("{y}");
        if (!complete || !template.matches("https?://[A-Za-z0-9.-]+(:[0-9]+)?/[!-~]*")) {
            throw new IllegalArgumentException(
                    "'" + template + "' is no address such as https://tiles.example/{z}/{x}/{y}.png");
        }
        return new MapTiles(template);
    }

    /** As a content security policy names it. */
    public String origin() {
        URI start = URI.create(template.replaceAll("^(https?://[^/]+/).*", "$1"));
        return start.getScheme() + "://" + start.getRawAuthority();
    }

    public String address(int zoom, int x, int y) {
        return template.replace("{z}", Integer.toString(zoom))
                .replace("{x}", Integer.toString(x))
                .replace("{y}", Integer.toString(y));
    }
}
