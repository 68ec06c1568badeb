package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel keeps to that speaks HTTP. */
abstract class HttpContract extends ChannelContract {
    final FarSide farSide = new FarSide();

    /** The channel's lines in the file. */
    abstract String yaml(String url);

    /** What a good far side answers. */
    String good() {
        return "{}";
    }

    @AfterEach
    void closeFarSide() {
        farSide.close();
    }

    static String allowed(String yaml) {
        return yaml + "\n  allow: [127.0.0.0/8]\n";
    }

    SiteChannel channel() {
        return only(allowed(yaml(farSide.url())));
    }

    @Override
    SiteChannel to(Mood mood) {
        farSide.does(
                switch (mood) {
                    case GOOD -> FarSide.answer(200, good());
                    case BUSY -> FarSide.answer(500, "no");
                    case REFUSING -> FarSide.answer(403, "no");
                    case STALLING -> FarSide.stall();
                    case DRIPPING -> FarSide.drip();
                    case CLOSED -> FarSide.stall();
                });
        if (mood == Mood.CLOSED) {
            try (ServerSocket socket = new ServerSocket(0)) {
                return only(allowed(yaml("http://127.0.0.1:" + socket.getLocalPort() + "/hook")));
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return channel();
    }

    @Override
    String came() {
        FarSide.Seen seen = farSide.next();
        return seen.head() + seen.body();
    }

    @Test
    void too_many_leaves_the_channel_alone_for_as_long_as_it_says() throws Exception {
        farSide.does(FarSide.answer(429, "", "Retry-After: 17"));
        assertThat(channel().deliver(message("困人", "x"), address()))
                .isEqualTo(new Delivered.TryLater(Optional.of(Duration.ofSeconds(17)), "the answer was 429"));
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        farSide.does(FarSide.answer(302, "", "Location: http://169.254.169.254/latest"));
        assertThat(channel().deliver(message("困人", "x"), address()))
                .isEqualTo(new Delivered.Refused("the answer was 302, and redirects are not followed"));
    }

    @Test
    void a_host_that_nobody_knows_is_tried_later() throws Exception {
        assertThat(only(yaml("http://nobody.invalid/hook")).deliver(message("困人", "x"), address()))
                .isEqualTo(new Delivered.TryLater("nobody knows the host nobody.invalid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "2130706433",
                "169.254.169.254",
                "10.1.2.3",
                "[::ffff:192.168.0.1]",
                "[fd00::1]",
                "0.0.0.0",
                "100.64.0.1"
            })
    void an_address_that_is_not_public_is_refused_unless_it_is_allowed(String host) throws Exception {
        SiteChannel channel = only(yaml("http://" + host + ":" + farSide.port() + "/hook"));
        assertThat(channel.deliver(message("困人", "x"), address())).isInstanceOf(Delivered.Refused.class);
        assertThat(farSide.waiting()).isZero();
    }
}
