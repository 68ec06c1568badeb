package io.tean.dashboards.screen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A style sheet, script or picture of the pages. Its path carries a hash of its content, so that a browser may keep it for ever and
 * still gets the new one after an upgrade.
 */
public enum Asset {
    STYLE("tean.css", "text/css; charset=utf-8"),
    HTMX("/META-INF/resources/webjars/htmx.org/2.0.7/dist/htmx.min.js", "text/javascript; charset=utf-8"),
    LIVE("live.js", "text/javascript; charset=utf-8"),
    BOARD("board.js", "text/javascript; charset=utf-8"),
    RESCUER("rescuer.js", "text/javascript; charset=utf-8"),
    ECHARTS("/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js", "text/javascript; charset=utf-8"),
    MACHINE("machine.js", "text/javascript; charset=utf-8"),
    ICON("tean.svg", "image/svg+xml");

    private final String path;
    private final String contentType;
    private final String content;

    Asset(String file, String contentType) {
        byte[] bytes = bytes(file);
        String name = file.substring(file.lastIndexOf('/') + 1);
        this.path = "/static/" + name.replaceFirst("\\.", "-" + hash(bytes) + ".");
        this.contentType = contentType;
        this.content = new String(bytes, StandardCharsets.UTF_8);
    }

    /** Where a page finds it. */
    public String path() {
        return path;
    }

    public String contentType() {
        return contentType;
    }

    public String content() {
        return content;
    }

    /** The one that has this file name, hash included. */
    public static Optional<Asset> named(String file) {
        return Arrays.stream(values())
                .filter(asset -> asset.path.equals("/static/" + file))
                .findFirst();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Asset.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing on the class path; build again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file + " on the class path", e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
