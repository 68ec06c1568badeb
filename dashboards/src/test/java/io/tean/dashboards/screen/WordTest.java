package io.tean.dashboards.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordTest {
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern GAP = Pattern.compile("%s");

    @ParameterizedTest
    @EnumSource
    void everyWord_isSaidInBothLanguages(Word word) {
        assertThat(word.label().zh()).containsPattern(HAN);
        if (word != Word.LANGUAGE_NAME) {
            assertThat(word.label().en()).doesNotContainPattern(HAN).containsPattern("[A-Za-z]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWord_hasAsManyGapsInOneLanguageAsInTheOther(Word word) {
        assertThat(gaps(word.label().zh())).isEqualTo(gaps(word.label().en()));
    }

    private static long gaps(String text) {
        return GAP.matcher(text).results().count();
    }
}
