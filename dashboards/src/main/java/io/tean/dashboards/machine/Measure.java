package io.tean.dashboards.machine;

import io.tean.core.settings.Durations;
import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.screen.Tongue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a chart can show of a machine: a number, or of a truth value the share of readings in which it was true. */
public record Measure(StreamDeclaration stream, Field field) {
    /** Those of some streams, in the order in which they are offered: of how things stand first. */
    static List<Measure> of(List<StreamDeclaration> streams) {
        List<Measure> measures = new ArrayList<>();
        for (StreamDeclaration stream : streams) {
            stream.fields().stream()
                    .filter(field -> isMeasure(stream, field))
                    .forEach(field -> measures.add(new Measure(stream, field)));
        }
        measures.sort(Comparator.comparing((Measure m) -> !m.stream.isStatus()).thenComparing(m -> m.stream.name()));
        return List.copyOf(measures);
    }

    /** A code or a running number is no measure; a truth value tells something when it comes again and again. */
    private static boolean isMeasure(StreamDeclaration stream, Field field) {
        return switch (field.type()) {
            case REAL -> true;
            case INT -> field.codes().isEmpty() && (stream.isStatus() || field.unit() != null);
            case BOOL -> stream.isStatus();
            case TEXT, ENUM, LIST -> false;
        };
    }

    static Optional<Measure> named(List<Measure> measures, String stream, String field) {
        return measures.stream()
                .filter(m -> m.stream.name().equals(stream) && m.field.name().equals(field))
                .findFirst();
    }

    /** What is shown when nobody asked: a number with a unit, if there is one. */
    static Optional<Measure> first(List<Measure> measures) {
        return measures.stream()
                .filter(m -> m.field.unit() != null)
                .findFirst()
                .or(() -> measures.stream().findFirst());
    }

    public boolean isShare() {
        return field.type() == FieldType.BOOL;
    }

    /** In the address of a page. */
    public String word() {
        return stream.name() + "." + field.name();
    }

    /** Percent for a share. */
    public String unit() {
        return isShare() ? "%" : Objects.requireNonNullElse(field.unit(), "");
    }

    public String label(Tongue t) {
        return t.say(field.label()) + (unit().isBlank() ? "" : " (" + unit() + ")");
    }

    /** The declared time between two readings; empty for records, which come when something happens. */
    Optional<Duration> interval() {
        return stream.interval().map(Durations::read);
    }
}
