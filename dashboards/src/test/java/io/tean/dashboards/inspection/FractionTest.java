package io.tean.dashboards.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionTest {
    @ParameterizedTest
    @CsvSource({
        "9996, 10000, 99.9 %",
        "999999, 1000000, 99.9 %",
        "10000, 10000, 100.0 %",
        "2, 3, 66.6 %",
        "1, 1000000, 0.0 %",
        "0, 7, 0.0 %"
    })
    void percent_isRoundedDown(long part, long whole, String text) {
        assertThat(new Fraction(part, whole).text()).isEqualTo(text);
    }

    @Test
    void nothingToCount_isADash() {
        assertThat(Fraction.NONE.text()).isEqualTo("–");
        assertThat(Fraction.NONE.percent()).isEmpty();
        assertThat(Fraction.NONE.look()).isEqualTo("quiet");
    }

    @Test
    void sum_addsPartsAndWholes() {
        assertThat(new Fraction(1, 2).plus(2, 3)).isEqualTo(new Fraction(3, 5));
        assertThat(new Fraction(1, 2).missing()).isEqualTo(1);
    }
}
