package io.tean.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final Set<String> KNOWN = Set.of(
            "severity",
            "title",
            "advice",
            "place",
            "machine",
            "rescue_code",
            "who",
            "since",
            "unit",
            "reason",
            "trapped",
            "caller",
            "level",
            "arrive_by",
            "accident_at",
            "days",
            "minutes");

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void every_occasion_has_words_of_known_placeholders(String language) {
        List<String> occasions = new ArrayList<>(Routes.occasions(true));
        occasions.addAll(Routes.occasions(false));
        Collections.addAll(occasions, "CLEARED", "CLOSED", "TEST");
        Map<String, Texts.Template> templates = Texts.in(language).file().occasions();
        assertThat(templates.keySet()).containsExactlyInAnyOrderElementsOf(occasions);
        templates.forEach((occasion, template) -> assertThat(Texts.PLACEHOLDER
                        .matcher(template.title() + template.lines())
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .describedAs(occasion)
                .isSubsetOf(KNOWN));
    }

    @Test
    void a_line_of_which_nothing_is_known_is_left_out() {
        Texts.Words words =
                Texts.in("zh").words("CLEARED", "WARNING", Map.of("title", "维保超期", "place", "文三路", "who", ""));
        assertThat(words).isEqualTo(new Texts.Words("已恢复：维保超期", List.of("地点：文三路")));
    }

    @Test
    void braces_in_a_name_are_only_text() {
        assertThat(Texts.in("en")
                        .words("CLEARED", "WARNING", Map.of("title", "{place} $1 \\", "place", "x"))
                        .title())
                .isEqualTo("Recovered: {place} $1 \\");
    }

    @Test
    void a_digest_says_how_many_more_there_are() {
        Texts.Words words = Texts.in("en").digest(Collections.nCopies(70, Map.of("title", "a", "place", "b")));
        assertThat(words.title()).isEqualTo("Special equipment: 70 notices");
        assertThat(words.lines()).hasSize(61).startsWith("- a (b)").endsWith("and 10 more");
    }
}
