package io.tean.simulators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(3);

    private static Parcel status(String topic) {
        return new Parcel("d", topic, new byte[0], false);
    }

    private static Parcel event(String topic) {
        return new Parcel("d", topic, new byte[0], true);
    }

    private List<String> takeAll() {
        List<String> topics = new ArrayList<>();
        Optional<Outbox.Item> item = outbox.next();
        while (item.isPresent()) {
            topics.add(item.get().parcel().topic());
            item = outbox.next();
        }
        return topics;
    }

    @Test
    void messages_leave_in_the_order_in_which_they_came() {
        outbox.add(status("a"));
        outbox.add(event("b"));
        outbox.add(status("c"));

        assertThat(takeAll()).containsExactly("a", "b", "c");
    }

    @Test
    void a_full_buffer_drops_its_oldest_status() {
        outbox.add(event("a"));
        outbox.add(status("b"));
        outbox.add(status("c"));

        assertThat(outbox.add(status("d"))).isFalse();
        assertThat(takeAll()).containsExactly("a", "c", "d");
    }

    @Test
    void events_are_never_dropped() {
        outbox.add(event("a"));
        outbox.add(event("b"));
        outbox.add(event("c"));

        assertThat(outbox.add(event("d"))).isTrue();
        assertThat(outbox.add(status("e"))).isFalse();
        assertThat(takeAll()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void what_is_under_way_waits_again_in_its_old_order() {
        outbox.add(status("a"));
        outbox.add(event("b"));
        outbox.next();
        outbox.next();
        outbox.add(status("c"));

        outbox.putAllBack();

        assertThat(takeAll()).containsExactly("a", "b", "c");
    }

    @Test
    void a_settled_message_is_gone() {
        outbox.add(status("a"));
        long number = outbox.next().orElseThrow().number();

        assertThat(outbox.settle(number)).isTrue();
        assertThat(outbox.settle(number)).isFalse();
        assertThat(outbox.size()).isZero();
    }
}
