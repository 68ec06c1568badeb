package io.tean.alerting.channel;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** A robot of a DingTalk (钉钉) group. Beyond 20 messages a minute it is blocked for ten. */
final class Dingtalk implements Channel {
    private static final int BYTES = 20_000;

    private final URI url;
    private final String secret;
    private final Robot robot;
    private final InstantSource clock;

    Dingtalk(URI url, String secret, Reach reach, InstantSource clock) {
        this.url = url;
        this.secret = secret;
        this.robot = new Robot(
                new Robot.Codes("errcode", "errmsg", Set.of(130101, 130103), Duration.ofMinutes(10), Set.of(-1)),
                reach,
                clock);
        this.clock = clock;
    }

    @Override
    public Delivered deliver(Message message, String to) {
        return robot.post(
                message,
                secret.isEmpty() ? url : signed(),
                Map.of(
                        "msgtype",
                        "text",
                        "text",
                        Map.of("content", Layout.forRobot(message, BYTES)),
                        "at",
                        Map.of("isAtAll", false)));
    }

    /** The secret is the key, and with the moment the text that is signed. */
    private URI signed() {
        long millis = clock.millis();
        String sign =
                Base64.getEncoder().encodeToString(Http.hmac(Http.utf8(secret), Http.utf8(millis + "\n" + secret)));
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "timestamp=" + millis + "&sign="
                + URLEncoder.encode(sign, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        robot.close();
    }
}
