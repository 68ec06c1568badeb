package io.tean.app.alerts;

import java.util.Locale;

/**
 * One line of the ground truth.
 *
 * @param subject code of the machine or of the cylinder
 * @param fires whether it must become an alert, or must not
 * @param beginMicros event time of the first reading that shows it
 * @param endMicros event time of the reading that shows its end; of a fill the same
 */
record Fault(Story story, String rule, String subject, boolean fires, long beginMicros, long endMicros) {
    String line() {
        return "%s,%s,%s,%s,%d,%d"
                .formatted(story.name().toLowerCase(Locale.ROOT), rule, subject, fires, beginMicros, endMicros);
    }
}
