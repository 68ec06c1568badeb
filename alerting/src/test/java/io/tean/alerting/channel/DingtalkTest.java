package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DingtalkTest extends RobotContract {
    @Override
    String yaml(String url) {
        return "- name: robot\n  kind: dingtalk\n  url: " + url + "?access_token=abc\n  secret: SECtest";
    }

    @Override
    String textAt() {
        return "/text/content";
    }

    @Override
    String code(int number) {
        return "{\"errcode\": " + number + ", \"errmsg\": \"x\"}";
    }

    @Override
    int tooFast() {
        return 130101;
    }

    /** The expected value was computed with another program (openssl). */
    @Test
    void the_signature_is_of_the_moment_and_the_secret_with_the_secret() throws Exception {
        to(Mood.GOOD).deliver(message("困人", "x"), "");
        assertThat(farSide.next().head())
                .startsWith(
                        "POST /hook?access_token=abc&timestamp=1795392000000&sign=vfnTWrTCF9WBPiMjDRxoamNKKli1RUrArPOA0TK7%2FH8%3D ");
    }
}
