package io.tean.alerting.channel;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A notice in words. The texts are put on one line each, without control characters; names in them are as people wrote them, so each channel takes away what its far side
 * would read as markup.
 *
 * @param id the same on every attempt and every channel
 * @param severity 0 of an emergency to 3
 * @param occasion what it is told for
 * @param language zh or en
 * @param link where it goes on
 */
public record Message(
        UUID id,
        int severity,
        String occasion,
        String language,
        String title,
        List<String> lines,
        Optional<String> link) {
    public Message {
        title = Layout.clean(title, 150);
        lines = lines.stream().map(line -> Layout.clean(line, 400)).toList();
    }

    /** Title and lines, each on its own. */
    String text(String between) {
        return Stream.concat(Stream.of(title), lines.stream()).collect(Collectors.joining(between));
    }
}
