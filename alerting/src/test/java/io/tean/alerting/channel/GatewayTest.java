package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GatewayTest extends HttpContract {
    @Override
    String yaml(String url) {
        return """
                - name: sms
                  kind: sms
                  url: %s
                  secret: canary-secret
                  headers: {Authorization: "Bearer {secret}"}
                  body: '{"mobile": "{to}", "content": "{text}", "id": "{id}"}'
                  success: {pointer: /code, equals: "0"}""".formatted(url);
    }

    @Override
    String good() {
        return "{\"code\": 0}";
    }

    @Override
    String address() {
        return "+86 138-0000-0000";
    }

    @Test
    void what_is_filled_in_cannot_leave_its_place_in_json() throws Exception {
        to(Mood.GOOD).deliver(message(HOSTILE, "\", \"mobile\": \"110"), address());
        FarSide.Seen seen = farSide.next();
        JsonNode body = new JsonMapper().readTree(seen.body());
        assertThat(body.path("mobile").asString()).isEqualTo("+8613800000000");
        assertThat(body.path("content").asString()).endsWith(" https://tean.example/r/abc");
        assertThat(seen.header("Authorization")).isEqualTo("Bearer canary-secret");
    }

    @Test
    void what_is_filled_in_cannot_leave_its_place_in_a_form() throws Exception {
        farSide.does(FarSide.answer(200, "fine"));
        SiteChannel channel = only(allowed("""
                - name: voice
                  kind: voice
                  url: %s?id={id}
                  encoding: form
                  body: to={to}&text={text}""".formatted(farSide.url())));
        assertThat(channel.deliver(message("a&to=110", "100% +"), "119")).isEqualTo(new Delivered.HandedOver());
        FarSide.Seen seen = farSide.next();
        assertThat(seen.head()).startsWith("POST /hook?id=" + ID + " ");
        assertThat(seen.body())
                .startsWith("to=119&text=a%26to%3D110")
                .contains("100%25%20%2B")
                .doesNotContain("&to=110");
    }

    @Test
    void another_code_than_that_of_success_is_tried_later() throws Exception {
        farSide.does(FarSide.answer(200, "{\"code\": \"isv.LIMIT\"}"));
        assertThat(channel().deliver(message("困人", "x"), address()))
                .isEqualTo(new Delivered.TryLater("the answer has isv.LIMIT at /code, not 0"));
    }

    @Test
    void what_is_no_number_is_refused_unsent() throws Exception {
        assertThat(channel().deliver(message("困人", "x"), "138;DROP")).isInstanceOf(Delivered.Refused.class);
        assertThat(farSide.waiting()).isZero();
    }
}
