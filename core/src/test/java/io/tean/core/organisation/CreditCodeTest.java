package io.tean.core.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"9144030071526726XG", "914403001922038216", "91330100799655058B"})
    void a_code_that_a_real_organisation_has_is_well_formed(String code) {
        assertThat(CreditCode.isWellFormed(code)).isTrue();
        assertThat(CreditCode.beginning(code.substring(0, 17)).text()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9144030017526726XG", "9144030071526726XH", "9144030071526726YG"})
    void a_slip_of_the_pen_is_found_and_the_right_end_is_named(String code) {
        assertThat(CreditCode.isWellFormed(code)).isFalse();
        assertThatThrownBy(() -> new CreditCode(code)).hasMessageContainingAll(code, "the check character");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "9144030071526726X",
        "9144030071526726XGG",
        "9144030071526726Xg",
        "9144030071526726IG",
        "９144030071526726XG"
    })
    void what_has_not_the_form_is_refused(String code) {
        assertThat(CreditCode.isWellFormed(code)).isFalse();
        assertThat(CreditCode.whyNot(code)).contains("18 digits or capital letters");
    }

    @Test
    void of_a_wrong_end_the_right_one_is_told() {
        assertThat(CreditCode.whyNot("914403001922038217")).endsWith("the check character 6");
    }
}
