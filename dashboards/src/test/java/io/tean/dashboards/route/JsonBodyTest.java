package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tean.dashboards.route.Refusal.Reason;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final Set<String> KNOWN = Set.of("name", "days", "scopes");

    @Test
    void knownFields_areRead() {
        JsonBody body = JsonBody.of("{\"name\": \"值班\", \"days\": 30, \"scopes\": [\"a\", \"b\"]}", KNOWN);
        assertThat(body.text("name")).contains("值班");
        assertThat(body.number("days")).hasValue(30);
        assertThat(body.texts("scopes")).containsExactly("a", "b");
    }

    @Test
    void absentAndNull_countAsNone() {
        JsonBody body = JsonBody.of("{\"name\": null}", KNOWN);
        assertThat(body.text("name")).isEmpty();
        assertThat(body.number("days")).isEmpty();
        assertThat(body.texts("scopes")).isEmpty();
    }

    @Test
    void unknownFields_areNamed_andNotAtAnyLength() {
        Refusal refusal = refusal("{\"role\": 1, \"" + "x".repeat(900) + "\": 2, \"days\": 3}");
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.fields()).containsOnlyKeys("role", "x".repeat(60) + "…");
        assertThat(refusal.detail()).contains("days, name, scopes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "\"x\"", "null", "{\"name\":", "{} {}", "{\"days\":1,\"days\":2}"})
    void otherTexts_areBad_andAreNotRepeated(String text) {
        Refusal refusal = refusal(text);
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.detail()).doesNotContain("nonsense");
    }

    @Test
    void depth_hasALimit() {
        assertThat(JsonBody.of("{\"scopes\":" + nested(JsonBody.DEEPEST - 1) + "}", KNOWN))
                .isNotNull();
        assertThat(refusal("{\"scopes\":" + nested(JsonBody.DEEPEST) + "}").reason())
                .isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void length_hasALimit() {
        assertThat(refusal("{}" + " ".repeat(JsonBody.LONGEST)).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void otherType_isAProblemOfItsField() {
        JsonBody body = JsonBody.of("{\"name\": 1, \"days\": 1.5, \"scopes\": [1]}", KNOWN);
        for (Runnable read :
                new Runnable[] {() -> body.text("name"), () -> body.number("days"), () -> body.texts("scopes")}) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(read::run)
                    .extracting(Refusal::reason)
                    .isEqualTo(Reason.WRONG_FIELDS);
        }
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static Refusal refusal(String text) {
        try {
            JsonBody.of(text, KNOWN);
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("taken: " + text);
    }
}
