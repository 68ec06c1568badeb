package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.screen.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a long new one", "济宁特检院的密码很长吧", "!!!!1234567890", "ABCDEFGHIJ"})
    void longPassword_isTaken_whateverItIsMadeOf(String password) {
        assertThat(Passwords.problem(password, "duty")).isEmpty();
    }

    @Test
    void length_isCountedInCharacters_alsoInRareOnes() {
        String rare = "𠀀𠀁𠀂𠀃𠀄";
        assertThat(Passwords.problem(rare, "duty")).contains(Word.WRONG_PASSWORD_LENGTH);
        assertThat(Passwords.problem(rare.repeat(25) + "abc", "duty")).isEmpty();
        assertThat(Passwords.isTooLong(rare.repeat(25) + "abc")).isFalse();
        assertThat(Passwords.problem(rare.repeat(26), "duty")).contains(Word.WRONG_PASSWORD_LENGTH);
        assertThat(Passwords.isTooLong(rare.repeat(26))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duty-operator", "my name is DUTY", "aaaaaaaaaaaa", "1212121212121212"})
    void obviousPassword_isRefused(String password) {
        assertThat(Passwords.problem(password, "duty")).contains(Word.WRONG_PASSWORD_OBVIOUS);
    }
}
