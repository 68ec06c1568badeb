package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.alerting.rule.RuleException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelFileTest {
    private static Channels read(String yaml) {
        return Channels.read(
                "site.yaml", yaml, Map.of("HOOK", "from-environment"), InstantSource.system(), Duration.ofSeconds(1));
    }

    @Test
    void no_file_is_no_channels() {
        assertThat(Channels.load(Optional.empty(), Map.of(), InstantSource.system())
                        .all())
                .isEmpty();
    }

    @Test
    void a_channel_has_the_limits_of_its_kind_unless_the_file_says_others() {
        try (Channels channels = read("""
                channels:
                  - {name: ding, kind: dingtalk, url: "https://oapi.example/robot"}
                  - {name: fei, kind: feishu, url: "https://open.example/hook", limits: {per_minute: 60, reserve: 10, parallel: 1}}
                  - {name: hook, kind: webhook, url: "https://a.example/", secret_env: HOOK}
                """)) {
            assertThat(channels.all())
                    .extracting(SiteChannel::limits)
                    .containsExactly(
                            new SiteChannel.Limits(20, 0, 5, 4),
                            new SiteChannel.Limits(60, 5, 10, 1),
                            new SiteChannel.Limits(0, 0, 0, 4));
        }
    }

    @Test
    void what_a_bucket_gives_in_a_minute_is_never_more_than_the_limit() {
        SiteChannel.Limits ding = new SiteChannel.Limits(20, 0, 5, 4);
        SiteChannel.Limits fei = new SiteChannel.Limits(100, 5, 25, 4);
        assertThat(ding.capacity() + 60 * ding.refillPerSecond()).isLessThanOrEqualTo(20);
        assertThat(fei.capacity() + 60 * fei.refillPerSecond()).isLessThanOrEqualTo(100);
        assertThat(fei.capacity() + fei.refillPerSecond()).isLessThanOrEqualTo(5);
        assertThat(ding.capacity()).isGreaterThan(1 + ding.reserved());
        assertThat(fei.capacity()).isGreaterThan(1 + fei.reserved());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: A B, kind: webhook, url: "https://a.example", secret: s}               | needs a name of small letters
            {name: a, kind: pigeon}                                                       | kind is pigeon, known are
            {name: a, kind: webhook, secret: s}                                           | needs url or url_env
            {name: a, kind: webhook, url: "https://a.example"}                            | needs secret or secret_env
            {name: a, kind: webhook, url: "https://a.example", secret_env: NOWHERE}       | the environment has no NOWHERE
            {name: a, kind: webhook, url: "file:///etc/canary-url", secret: s}            | only http and https
            {name: a, kind: webhook, url: "https://u:canary-url@a.example", secret: s}    | without a login
            {name: a, kind: webhook, url: "https://a.example", secret: s, allow: [ten]}   | 'ten' is no network
            {name: a, kind: webhook, url: "https://a.example", secret: s, colour: red}    | unknown key colour
            {name: a, kind: dingtalk, url: "https://a.example", limits: {per_minute: 0}}  | per_minute is 0
            {name: a, kind: email, from: x@y.example}                                     | needs host
            {name: a, kind: email, host: h, from: "x y"}                                  | from needs the e-mail address
            {name: a, kind: email, host: h, from: x@y.example, default_for: telephone}    | only sms and voice
            {name: a, kind: sms, url: "https://a.example", body: "{to} {txt} {text}"}     | {txt} is no placeholder
            {name: a, kind: sms, url: "https://{to}.example", body: "{to} {text}"}        | must not stand in the host
            {name: a, kind: sms, url: "https://a.example", body: "{text}"}                | both {to} and {text}
            {name: a, kind: sms, url: "https://a.example", body: "{to}{text}", success: {pointer: /x}} | together
            """)
    void what_is_wrong_is_told_with_its_place_and_without_secrets(String channel, String problem) {
        assertThatThrownBy(() -> read("channels:\n  - " + channel + "\n"))
                .isInstanceOf(RuleException.class)
                .message()
                .startsWith("site.yaml:2:")
                .contains(problem)
                .doesNotContain("canary-url");
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThatThrownBy(() -> read("""
                channels:
                  - {name: a, kind: pigeon}
                  - {name: a, kind: wecom}
                """))
                .message()
                .contains("site.yaml:2:", "site.yaml:3:", "there are two channels a");
    }
}
