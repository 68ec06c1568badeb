package io.tean.dashboards.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.letter.PayloadView.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    @Test
    void json_isIndentedAndElseAsItCame() {
        String sent = "{\"a\":1.50, \"a\":1e400,\"n\":-0,\"t\":\"x\\u0041\\\"}\",\"e\":[ ],\"l\":[true,{ }]}";
        assertThat(view(sent).form()).isEqualTo(Form.JSON);
        assertThat(view(sent).shown()).isEqualTo("""
                {
                  "a": 1.50,
                  "a": 1e400,
                  "n": -0,
                  "t": "x\\u0041\\"}",
                  "e": [],
                  "l": [
                    true,
                    {}
                  ]
                }""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{oops", "", "{} {}", "hello", "{\"a\":}", "[1,2", "\uFEFF{}"})
    void whatIsNotOneJsonValue_isText(String sent) {
        assertThat(view(sent).form()).isEqualTo(Form.TEXT);
    }

    @Test
    void controlAndDirectionMarks_areVisible() {
        assertThat(view("a\u0000\t\u007F\u202Eb\r\nc").shown())
                .isEqualTo("a⟨U+0000⟩⟨U+0009⟩⟨U+007F⟩⟨U+202E⟩b⟨U+000D⟩\nc");
        assertThat(view("\"\u200B\"").shown()).isEqualTo("\"⟨U+200B⟩\"");
    }

    @Test
    void nestingThatWouldSwellThePage_isShownAsItCame() {
        String deep = "[".repeat(400) + "1,".repeat(20_000) + "1" + "]".repeat(400);
        assertThat(view(deep).form()).isEqualTo(Form.TEXT);
        assertThat(view("[".repeat(30_000)).form()).isEqualTo(Form.TEXT);
    }

    @Test
    void longText_isCutBetweenCharacters() {
        PayloadView view = view("x" + "特".repeat(30_000));
        assertThat(view.cut()).isTrue();
        assertThat(view.shown()).isEqualTo("x" + "特".repeat(21_845));
        assertThat(view.bytes()).isEqualTo(90_001);
    }

    @Test
    void bytes_areDumped() {
        PayloadView view = new Payload(new byte[] {(byte) 0xFF, 'h', 'i', 0, 5, 6, 7, 8, 9}).view();
        assertThat(view.form()).isEqualTo(Form.BYTES);
        assertThat(view.shown()).isEqualTo("00000000  ff 68 69 00 05 06 07 08  09                      |.hi......|\n");
    }

    private static PayloadView view(String sent) {
        return new Payload(sent.getBytes(UTF_8)).view();
    }
}
