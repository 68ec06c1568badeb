package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What every robot keeps to. */
abstract class RobotContract extends HttpContract {
    static final JsonMapper JSON = new JsonMapper();

    /** The pointer to the text that the group sees, in the request. */
    abstract String textAt();

    abstract String code(int number);

    /** The number that means "too fast". */
    abstract int tooFast();

    @Override
    String good() {
        return code(0);
    }

    @Override
    String address() {
        return "";
    }

    String text() {
        return JSON.readTree(farSide.next().body()).at(textAt()).asString();
    }

    @Test
    void a_good_status_with_an_error_in_the_body_is_no_success() throws Exception {
        farSide.does(FarSide.answer(200, code(310000)));
        assertThat(channel().deliver(message("困人", "x"), ""))
                .isInstanceOfSatisfying(
                        Delivered.Refused.class,
                        refused -> assertThat(refused.why()).contains("310000"));
    }

    @Test
    void a_good_status_without_a_code_is_no_success() throws Exception {
        farSide.does(FarSide.answer(200, "<html>fine</html>"));
        assertThat(channel().deliver(message("困人", "x"), "")).isInstanceOf(Delivered.TryLater.class);
    }

    @Test
    void too_fast_leaves_the_robot_alone() throws Exception {
        farSide.does(FarSide.answer(200, code(tooFast())));
        assertThat(channel().deliver(message("困人", "x"), ""))
                .isInstanceOfSatisfying(
                        Delivered.TryLater.class,
                        later -> assertThat(later.when()).isPresent());
    }

    @Test
    void nobody_is_called_and_nothing_is_a_link_by_a_name() throws Exception {
        to(Mood.GOOD).deliver(message(HOSTILE, HOSTILE), "");
        assertThat(text()).doesNotContain("@", "<", "[x]").endsWith("\nhttps://tean.example/r/abc");
    }

    @Test
    void a_long_text_is_cut_between_characters_and_keeps_its_link() throws Exception {
        Message message = new Message(
                ID,
                0,
                "DIGEST",
                "zh",
                "梯",
                java.util.Collections.nCopies(100, "👷🏽‍♀️梯".repeat(40)),
                java.util.Optional.of("https://tean.example/r/abc"));
        to(Mood.GOOD).deliver(message, "");
        String text = text();
        assertThat(Http.utf8(text)).hasSizeLessThanOrEqualTo(longest());
        assertThat(text).endsWith("…\nhttps://tean.example/r/abc").doesNotContain("\ufffd");
    }

    int longest() {
        return 20_480;
    }
}
