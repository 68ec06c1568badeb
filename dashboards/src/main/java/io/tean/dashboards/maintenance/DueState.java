package io.tean.dashboards.maintenance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which machines under the duty are asked for, as SQL on {@code duty d} and {@code :day}. */
public enum DueState {
    /** After the due date. */
    OVERDUE("d.due_on < :day"),
    /** On the day or within the three days after it. */
    DUE_SOON("d.due_on BETWEEN :day AND CAST(:day AS date) + 3"),
    /** On the day itself. */
    DUE_ON("d.due_on = :day"),
    /** Whatever is under the duty. */
    ALL("TRUE");

    private final String condition;

    DueState(String condition) {
        this.condition = condition;
    }

    /** As in an address, such as {@code due-soon}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DueState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    /** The parts that have them all, each with an index of its own; of each those that {@link #condition} holds for. */
    List<String> sources() {
        Stream<String> functions = switch (this) {
            case OVERDUE -> Stream.of("open_duties", "ended_late_duties");
            case DUE_SOON, DUE_ON -> Stream.of("open_duties", "ended_punctual_duties");
            case ALL -> Stream.of("open_duties", "ended_late_duties", "ended_punctual_duties");
        };
        return functions.map(function -> function + "('MAINTENANCE', :day)").toList();
    }

    /** The parts as one. */
    String source() {
        return sources().stream()
                .map(source -> "SELECT * FROM " + source)
                .collect(Collectors.joining(" UNION ALL ", "(", ") d"));
    }

    String condition() {
        return condition;
    }

    /** Of one machine's few duties, which are not to be looked for among all. */
    String conditionOfFew() {
        return "d.kind = 'MAINTENANCE' AND d.from_on <= :day AND d.until_on > :day AND " + condition;
    }
}
