package io.tean.alerting.channel;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A robot of a Feishu (飞书) group. 100 messages a minute and 5 a second, bodies of 20 KB. */
final class Feishu implements Channel {
    /** JSON writes some characters longer than they are: half of what is allowed. */
    private static final int BYTES = 10_000;

    private final URI url;
    private final String secret;
    private final Robot robot;
    private final InstantSource clock;

    Feishu(URI url, String secret, Reach reach, InstantSource clock) {
        this.url = url;
        this.secret = secret;
        this.robot = new Robot(
                new Robot.Codes("code", "msg", Set.of(11232, 11247), Duration.ofMinutes(1), Set.of(11233, 11246)),
                reach,
                clock);
        this.clock = clock;
    }

    @Override
    public Delivered deliver(Message message, String to) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!secret.isEmpty()) {
            long seconds = clock.instant().getEpochSecond();
            json.put("timestamp", Long.toString(seconds));
            json.put("sign", sign(seconds));
        }
        json.put("msg_type", "text");
        json.put("content", Map.of("text", Layout.forRobot(message, BYTES)));
        return robot.post(message, url, json);
    }

    /** Unlike DingTalk's: the moment and the secret are the key, and nothing is signed. */
    private String sign(long seconds) {
        return Base64.getEncoder().encodeToString(Http.hmac(Http.utf8(seconds + "\n" + secret), new byte[0]));
    }

    @Override
    public void close() {
        robot.close();
    }
}
