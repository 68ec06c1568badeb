package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FeishuTest extends RobotContract {
    @Override
    String yaml(String url) {
        return "- name: robot\n  kind: feishu\n  url: " + url + "\n  secret: SECtest";
    }

    @Override
    String textAt() {
        return "/content/text";
    }

    @Override
    String code(int number) {
        return "{\"code\": " + number + ", \"msg\": \"x\"}";
    }

    @Override
    int tooFast() {
        return 11232;
    }

    /** The expected value was computed with another program (openssl). */
    @Test
    void the_moment_and_the_secret_sign_nothing() throws Exception {
        to(Mood.GOOD).deliver(message("困人", "x"), "");
        JsonNode body = JSON.readTree(farSide.next().body());
        assertThat(body.path("timestamp").asString()).isEqualTo("1795392000");
        assertThat(body.path("sign").asString()).isEqualTo("gXyQ2uhHVErmmGyBBDnRejsBHJgmaz0KlnAHdctCJGs=");
    }

    @Test
    void the_header_says_for_how_long_it_is_too_fast() throws Exception {
        farSide.does(FarSide.answer(200, code(11232), "x-ogw-ratelimit-reset: 42"));
        assertThat(channel().deliver(message("困人", "x"), ""))
                .isEqualTo(new Delivered.TryLater(Optional.of(Duration.ofSeconds(42)), "code 11232: x"));
    }
}
