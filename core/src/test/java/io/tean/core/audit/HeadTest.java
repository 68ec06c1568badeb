package io.tean.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    @Test
    void what_is_printed_can_be_read_again() {
        Head head = new Head(17, "0a".repeat(32));
        assertThat(Head.parse(" " + head + "\n")).isEqualTo(head);
        assertThat(Head.parse("17:" + "0A".repeat(32))).isEqualTo(head);
        assertThat(Head.parse(Head.START.toString())).isEqualTo(Head.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "17:abc", ":abc", "-1:abc", "99999999999999999999:abc"})
    void anything_else_is_no_head(String text) {
        assertThatThrownBy(() -> Head.parse(text.replace("abc", "0a".repeat(text.contains("17") ? 31 : 32))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NO:HASH");
    }

    @Test
    void before_the_first_seal_there_is_only_one_hash() {
        assertThatThrownBy(() -> Head.parse("0:" + "0a".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }
}
