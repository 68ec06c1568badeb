package io.tean.dashboards.machine;

import io.tean.core.settings.Durations;
import io.tean.dashboards.alert.Evidence;
import io.tean.dashboards.machine.Incidents.AlertMark;
import io.tean.dashboards.machine.Incidents.CaseMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine's page shows of its readings.
 *
 * @param standing the newest reading of each stream that tells how things stand, if there is one
 * @param happened the newest readings of each stream that tells what happened
 * @param alerts the newest ones, as cases
 * @param measures that can be shown
 * @param chart empty when there is nothing to show
 */
public record MachineStory(
        Instant now,
        List<Evidence> standing,
        List<Evidence> happened,
        List<AlertMark> alerts,
        List<CaseMark> cases,
        List<Measure> measures,
        Optional<Chart> chart) {
    public MachineStory {
        standing = List.copyOf(standing);
        happened = List.copyOf(happened);
        alerts = List.copyOf(alerts);
        cases = List.copyOf(cases);
        measures = List.copyOf(measures);
    }

    /**
     * A measure over a span.
     *
     * @param rough the same in few rows, for those who cannot see the drawing
     * @param readings where a script gets the points
     * @param span the word of an offered span, or blank
     * @param spans addresses by the words of the spans that are offered
     * @param steps addresses of the spans beside this one: earlier, later, closer, wider
     */
    public record Chart(
            Measure measure,
            Series rough,
            String readings,
            String span,
            Map<String, String> spans,
            Map<String, String> steps) {}

    /** Whether a script has something to draw. */
    public boolean hasDrawing() {
        return chart.filter(shown -> !shown.rough().points().isEmpty()).isPresent();
    }

    /** Whether the newest reading of a stream is older than a few of its intervals. */
    public boolean isStale(Evidence evidence) {
        return evidence.rows().isEmpty()
                || evidence.stream()
                        .interval()
                        .map(Durations::read)
                        .filter(usual -> evidence.rows()
                                .getFirst()
                                .time()
                                .plus(usual.multipliedBy(5))
                                .isBefore(now))
                        .isPresent();
    }
}
