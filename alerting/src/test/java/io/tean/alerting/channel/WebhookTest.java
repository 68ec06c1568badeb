package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebhookTest extends HttpContract {
    @Override
    String yaml(String url) {
        return "- name: hook\n  kind: webhook\n  url: " + url + "\n  secret: canary-secret";
    }

    @Override
    String address() {
        return "";
    }

    @Test
    void the_signature_covers_the_moment_and_the_body() throws Exception {
        channel().deliver(message("困人", "x"), "");
        FarSide.Seen seen = farSide.next();
        byte[] signed = Http.utf8("1795392000." + seen.body());
        assertThat(seen.header("Tean-Signature"))
                .isEqualTo(
                        "t=1795392000,v1=" + HexFormat.of().formatHex(Http.hmac(Http.utf8("canary-secret"), signed)));
    }

    @Test
    void an_answer_may_confirm_it() throws Exception {
        farSide.does(FarSide.answer(200, "{\"confirmed\": true}"));
        assertThat(channel().deliver(message("困人", "x"), "")).isEqualTo(new Delivered.Confirmed());
    }

    @Test
    void of_an_answer_without_end_only_the_beginning_is_read() throws Exception {
        farSide.does(FarSide.flood());
        assertThat(channel().deliver(message("困人", "x"), "")).isEqualTo(new Delivered.HandedOver());
    }
}
