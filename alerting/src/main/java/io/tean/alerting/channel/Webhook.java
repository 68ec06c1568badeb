package io.tean.alerting.channel;

import java.net.URI;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON by POST to a service of the site. {@code Tean-Signature: t=<seconds>,v1=<hex>} is the HMAC-SHA256 of {@code <seconds>.<body>} with the
 * channel's secret. An answer of 2xx counts as handed over, one with {@code "confirmed": true} as confirmed.
 */
final class Webhook implements Channel {
    private final URI url;
    private final String secret;
    private final Http http;
    private final InstantSource clock;

    Webhook(URI url, String secret, Reach reach, InstantSource clock) {
        this.url = url;
        this.secret = secret;
        this.http = new Http(reach, clock);
        this.clock = clock;
    }

    @Override
    public Delivered deliver(Message message, String to) {
        byte[] body = Http.utf8(Http.JSON.writeValueAsString(json(message, to)));
        long seconds = clock.instant().getEpochSecond();
        return http.call(
                "POST",
                url,
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Idempotency-Key",
                        message.id().toString(),
                        "Tean-Signature",
                        "t=" + seconds + ",v1=" + signature(seconds, body)),
                body,
                answer -> answer.json()
                                .filter(json -> json.path("confirmed").asBoolean(false))
                                .isPresent()
                        ? new Delivered.Confirmed()
                        : new Delivered.HandedOver());
    }

    private String signature(long seconds, byte[] body) {
        byte[] start = Http.utf8(seconds + ".");
        byte[] signed = new byte[start.length + body.length];
        System.arraycopy(start, 0, signed, 0, start.length);
        System.arraycopy(body, 0, signed, start.length, body.length);
        return HexFormat.of().formatHex(Http.hmac(Http.utf8(secret), signed));
    }

    private static Map<String, Object> json(Message message, String to) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", message.id().toString());
        json.put("occasion", message.occasion());
        json.put("severity", message.severity());
        json.put("language", message.language());
        json.put("title", message.title());
        json.put("lines", message.lines());
        message.link().ifPresent(link -> json.put("link", link));
        if (!to.isEmpty()) {
            json.put("to", to);
        }
        return json;
    }

    @Override
    public void close() {
        http.close();
    }
}
