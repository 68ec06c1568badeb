package io.tean.core.alert;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The alert rules by which readings are judged, for people to read: text alone. Implemented by alerting. */
public interface RuleBook {
    /** In the order of their names. */
    List<Entry> entries();

    /**
     * One rule.
     *
     * @param name in kebab-case, as alerts name it
     * @param examples what it must find and what not; its tests
     */
    record Entry(
            String name, Label title, Label advice, Weight weight, Origin origin, Says says, List<Sample> examples) {
        public Entry {
            examples = List.copyOf(examples);
        }
    }

    /**
     * How much it weighs, and for whom.
     *
     * @param subject what its alerts are about, such as MACHINE
     * @param dispatchClass who must act
     * @param byPerson whether a person closes the alert even after recovery
     */
    record Weight(Severity severity, String subject, String dispatchClass, boolean byPerson) {}

    /**
     * Where it comes from.
     *
     * @param source rule of law or practice, {@code clause} the place in it
     * @param file where it can be read and changed
     */
    record Origin(String source, Label clause, Mark mark, int version, LocalDate effective, String file) {}

    /** What it asks. */
    sealed interface Says {
        /** Conditions over readings, any of which fulfils it. */
        record Conditions(List<Condition> each) implements Says {
            public Conditions {
                each = List.copyOf(each);
            }
        }

        /** A query that is asked again and again. */
        record Query(Duration every, String sql) implements Says {}
    }

    /**
     * When readings of a stream fulfil it.
     *
     * @param when in CEL, as all three
     * @param unless while this holds, it is muted
     * @param clear its recovery; none where recovery is that {@code when} is false, or where there is none
     * @param lasts how long it must hold; nought is at once
     */
    record Condition(String stream, String when, Optional<String> unless, Optional<String> clear, Duration lasts) {}

    /**
     * An example or a counter-example.
     *
     * @param fires whether the rule must find something
     * @param given what is given, a line each
     */
    record Sample(String name, boolean fires, List<String> given) {
        public Sample {
            given = List.copyOf(given);
        }
    }
}
