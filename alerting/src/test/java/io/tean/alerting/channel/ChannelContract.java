package io.tean.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every channel keeps to. */
abstract class ChannelContract {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z"));
    static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");
    static final String HOSTILE =
            "东方\r\nBcc: x@evil.example\u0000 @all <at user_id=\"all\"></at> [x](javascript:alert(1)) \u202e\ud83d {to}\"}";

    /** Enough for a far side that answers, on a machine that has much to do. */
    private Duration patience = Duration.ofSeconds(30);

    private final java.util.ArrayList<Channels> open = new java.util.ArrayList<>();

    /** How the far side of this channel behaves. */
    enum Mood {
        GOOD,
        BUSY,
        REFUSING,
        STALLING,
        DRIPPING,
        CLOSED
    }

    /** The channel, to a far side of that mood. */
    abstract SiteChannel to(Mood mood);

    /** An address that it takes. */
    abstract String address();

    /** All that came last, headers and body. */
    abstract String came();

    @AfterEach
    void closeChannels() {
        open.forEach(Channels::close);
    }

    SiteChannel only(String yaml) {
        Channels channels = Channels.read("channels.yaml", "channels:\n" + yaml.indent(2), Map.of(), CLOCK, patience);
        open.add(channels);
        return channels.all().iterator().next();
    }

    static Message message(String title, String line) {
        return new Message(ID, 0, "CALLED", "zh", title, List.of(line), Optional.of("https://tean.example/r/abc"));
    }

    @Test
    void a_good_far_side_takes_it_with_its_id() throws Exception {
        assertThat(to(Mood.GOOD).deliver(message("困人", "文三路 1 号"), address())).isEqualTo(new Delivered.HandedOver());
        assertThat(came()).contains(ID.toString());
    }

    @Test
    void a_busy_one_is_tried_later() throws Exception {
        assertThat(to(Mood.BUSY).deliver(message("困人", "x"), address())).isInstanceOf(Delivered.TryLater.class);
    }

    @Test
    void one_that_refuses_is_not_tried_again() throws Exception {
        assertThat(to(Mood.REFUSING).deliver(message("困人", "x"), address())).isInstanceOf(Delivered.Refused.class);
    }

    @Test
    void one_that_never_answers_is_given_up() throws Exception {
        patience = Duration.ofMillis(500);
        assertThat(to(Mood.STALLING).deliver(message("困人", "x"), address())).isInstanceOf(Delivered.TryLater.class);
    }

    @Test
    void one_that_drips_is_given_up() throws Exception {
        patience = Duration.ofMillis(500);
        assertThat(to(Mood.DRIPPING).deliver(message("困人", "x"), address())).isInstanceOf(Delivered.TryLater.class);
    }

    @Test
    void a_closed_port_is_tried_later() throws Exception {
        assertThat(to(Mood.CLOSED).deliver(message("困人", "x"), address())).isInstanceOf(Delivered.TryLater.class);
    }

    @Test
    void a_hostile_name_is_only_text() throws Exception {
        assertThat(to(Mood.GOOD).deliver(message(HOSTILE, HOSTILE), address())).isEqualTo(new Delivered.HandedOver());
        assertThat(came()).doesNotContain("\nBcc:").doesNotContain("\u0000").doesNotContain("\u202e");
    }
}
