package io.tean.dashboards.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VeilTest {
    private static final Veil DRAWN = new Veil(true);

    @ParameterizedTest
    @CsvSource({
        "13812345678, 138****5678",
        "电话13812345678占线, 电话138****5678占线",
        "+8613812345678, +86*******5678",
        "0512-67331234, 051******1234",
        "67331234, 67****34",
        "li.wei@unit.example, l***@unit.example",
        "550 <li.wei@unit.example> unknown, 550 <l***@unit.example> unknown"
    })
    void numbersAndAddresses_areMaskedInPart(String text, String masked) {
        assertThat(DRAWN.over(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 08:00:05",
        "HTTP 500",
        "deadline 12:30",
        "00000000-0000-4000-8000-000000000001",
        "10.0.0.1",
        "1 号梯"
    })
    void whatIsNoAddress_staysAsItIs(String text) {
        assertThat(DRAWN.over(text)).isEqualTo(text);
    }

    @Test
    void veilThatIsNotDrawn_hidesNothing() {
        assertThat(new Veil(false).over("13812345678")).isEqualTo("13812345678");
    }
}
