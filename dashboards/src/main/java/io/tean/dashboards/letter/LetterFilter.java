package io.tean.dashboards.letter;

import io.tean.dashboards.list.Search;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which dead letters are asked for.
 *
 * @param device the very id, as a device's page asks
 * @param state {@value #OPEN}, {@value #ALL}, or the word of one state
 */
public record LetterFilter(
        Search search, Optional<String> device, Optional<String> reason, Optional<String> stream, String state) {
    /** What somebody may still have to see to: kept and to be replayed. */
    static final String OPEN = "open";

    static final String ALL = "all";

    /** @throws Refusal when a value cannot be used */
    static LetterFilter of(Request request) {
        Optional<String> reason = request.query("reason");
        reason.ifPresent(word -> known("reason", word, reasons()));
        String state = request.query("state").orElse(OPEN);
        known("state", state, states());
        return new LetterFilter(
                Search.of(request), Search.text(request, "device"), reason, Search.text(request, "stream"), state);
    }

    private static void known(String name, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Refusal.badParameter(name, "'" + word + "' is none of " + String.join(", ", words));
        }
    }

    /** The words of all reasons that ingest gives. */
    public static List<String> reasons() {
        return Word.codes("REASON");
    }

    /** The words to choose from, the standard first. */
    public static List<String> states() {
        return Stream.concat(
                        Stream.of(OPEN),
                        Stream.concat(Arrays.stream(LetterState.values()).map(LetterState::word), Stream.of(ALL)))
                .collect(Collectors.toList());
    }

    /** Whether it is as it is when nobody asks for anything. */
    public boolean isStandard() {
        return search.isBlank() && device.isEmpty() && reason.isEmpty() && stream.isEmpty() && state.equals(OPEN);
    }
}
