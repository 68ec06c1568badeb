package io.tean.alerting.channel;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the robots of groups have in common: a text by POST, and an answer whose body, not whose status, says whether it was taken. */
final class Robot implements AutoCloseable {
    private static final int LONGEST_WORD = 200;

    private final Http http;
    private final Codes codes;

    /**
     * What the far side's body says.
     *
     * @param key of the number; 0 is good
     * @param text key of the words
     * @param tooFast numbers that mean "too fast"
     * @param pause how long to leave it alone then, unless it says so
     * @param busy numbers of a trouble that passes
     */
    record Codes(String key, String text, Set<Integer> tooFast, Duration pause, Set<Integer> busy) {}

    Robot(Codes codes, Reach reach, InstantSource clock) {
        this.codes = codes;
        this.http = new Http(reach, clock);
    }

    Delivered post(Message message, URI url, Map<String, ?> json) {
        return http.call(
                "POST",
                url,
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Idempotency-Key",
                        message.id().toString()),
                Http.utf8(Http.JSON.writeValueAsString(json)),
                this::read);
    }

    private Delivered read(Http.Answer answer) {
        Optional<JsonNode> body =
                answer.json().filter(json -> json.path(codes.key).isIntegralNumber());
        if (body.isEmpty()) {
            return new Delivered.TryLater("the answer has no " + codes.key + ", so nobody knows whether it was taken");
        }
        int code = body.get().path(codes.key).asInt();
        if (code == 0) {
            return new Delivered.HandedOver();
        }
        String words = body.get().path(codes.text).asString("");
        String why = codes.key + " " + code + ": " + Layout.cut(words, LONGEST_WORD, String::length);
        if (codes.tooFast.contains(code)) {
            return new Delivered.TryLater(Optional.of(http.wait(answer).orElse(codes.pause)), why);
        }
        return codes.busy.contains(code) ? new Delivered.TryLater(why) : new Delivered.Refused(why);
    }

    @Override
    public void close() {
        http.close();
    }
}
