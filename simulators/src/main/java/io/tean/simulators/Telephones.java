package io.tean.simulators;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The telephones of a made-up city behind their SMS gateway: takes {@code POST} with the form fields {@code to} and {@code text}, on this machine
 * only, prints each message and answers {@code {"code":"0"}}. What is no message is answered 400.
 */
final class Telephones implements AutoCloseable {
    private static final int LONGEST = 16 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private final HttpServer server;
    private final PrintStream screen;
    private final InstantSource clock;

    /** @param port 0 for a free one */
    Telephones(int port, PrintStream screen, InstantSource clock) throws IOException {
        this.screen = screen;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(LONGEST), StandardCharsets.UTF_8);
            Map<String, String> fields = fields(body);
            String to = fields.getOrDefault("to", "");
            String text = fields.getOrDefault("text", "");
            boolean message = exchange.getRequestMethod().equals("POST") && !to.isBlank() && !text.isBlank();
            if (message) {
                screen.println(TIME.format(clock.instant()) + " " + to + ": " + text.replaceAll("\\s+", " "));
            }
            byte[] answer = (message ? "{\"code\":\"0\"}" : "{\"code\":\"to and text are wanted\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(message ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    fields.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // A percent sign that begins nothing: the field is as good as missing.
                    fields.remove(pair.substring(0, equals));
                }
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
