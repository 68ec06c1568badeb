package io.tean.alerting.notice;

import io.tean.core.alert.Severity;
import io.tean.core.notice.NoticeDecisions.Duty;
import io.tean.core.stream.Mark;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of the alerts of one dispatch class, or of cases.
 *
 * @param dispatch the class, or {@code case}
 */
record Route(
        String name, int version, LocalDate effective, String source, Mark mark, String dispatch, List<Step> steps) {
    /** The dispatch class of notices of cases. */
    static final String CASE = "case";

    static final Set<String> DELAYED = Set.of("STAYED", "UNANSWERED");

    Route {
        steps = List.copyOf(steps);
    }

    /**
     * @param severities that it is for
     * @param rules that it is for; empty is all
     * @param after how long the alert has stood by then; zero of what is told at once
     * @param tell each is a list of which the first that has a recipient is told
     * @param small may wait for the recipient's digest
     * @param deadline after which it is dead
     */
    record Step(
            Set<String> occasions,
            Set<Severity> severities,
            Set<String> rules,
            Duration after,
            List<List<Whom>> tell,
            boolean small,
            Duration deadline) {
        Step {
            occasions = Set.copyOf(occasions);
            severities = Set.copyOf(severities);
            rules = Set.copyOf(rules);
            tell = tell.stream().map(List::copyOf).toList();
        }

        boolean isFor(String occasion, Severity severity, String rule) {
            return occasions.contains(occasion)
                    && severities.contains(severity)
                    && (rules.isEmpty() || rules.contains(rule));
        }
    }

    /** Which of the organisations around a notice. */
    enum Party {
        /** The maintenance firm that has the machine's contract today. */
        FIRM,
        USE_UNIT,
        /** The inspection body. */
        BODY,
        STATION,
        /** The unit that is called to the case. */
        UNIT,
        /** The bureau itself. */
        BUREAU;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Such as {@code firm.OFFICE}; of the bureau only the duty. */
    record Whom(Party party, Duty duty) {
        static Optional<Whom> of(String text) {
            for (Party party : Party.values()) {
                for (Duty duty : Duty.values()) {
                    Whom whom = new Whom(party, duty);
                    boolean ofBureau = duty == Duty.OFFICER || duty == Duty.DISPATCHER;
                    if (whom.toString().equals(text) && ofBureau == (party == Party.BUREAU)) {
                        return Optional.of(whom);
                    }
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return party == Party.BUREAU ? duty.name() : party.word() + "." + duty;
        }
    }
}
