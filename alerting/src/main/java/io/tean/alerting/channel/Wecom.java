package io.tean.alerting.channel;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A robot of a WeCom (企业微信) group: the key in its address is all that protects it. 20 messages a minute, 2048 bytes each. */
final class Wecom implements Channel {
    private static final int BYTES = 2_048;

    private final URI url;
    private final Robot robot;

    Wecom(URI url, Reach reach, InstantSource clock) {
        this.url = url;
        this.robot = new Robot(
                new Robot.Codes("errcode", "errmsg", Set.of(45009, 45033), Duration.ofMinutes(1), Set.of(-1)),
                reach,
                clock);
    }

    @Override
    public Delivered deliver(Message message, String to) {
        return robot.post(
                message,
                url,
                Map.of(
                        "msgtype",
                        "text",
                        "text",
                        Map.of("content", Layout.forRobot(message, BYTES), "mentioned_list", List.of())));
    }

    @Override
    public void close() {
        robot.close();
    }
}
