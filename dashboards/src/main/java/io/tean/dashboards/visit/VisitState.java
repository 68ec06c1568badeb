package io.tean.dashboards.visit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How it stands with a visit. */
public enum VisitState {
    /** Another record says what it really was. */
    SUPERSEDED("quiet"),
    /** Suspect, and somebody let it count nevertheless. */
    ACCEPTED("good"),
    /** Suspect, and somebody decided that it does not count. */
    REJECTED("bad"),
    /** Its evidence is doubtful, and nobody has decided. */
    SUSPECT("bad"),
    /** Nothing is doubtful about it. */
    SOUND("good"),
    /** Its evidence has not been looked at. */
    UNJUDGED("quiet");

    private final String badge;

    VisitState(String badge) {
        this.badge = badge;
    }

    /** As in the API, such as {@code suspect}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The look of its badge. */
    public String badge() {
        return badge;
    }

    /**
     * @param suspect by the latest verdict
     * @param accepted by the latest decision
     */
    static VisitState of(boolean superseded, Optional<Boolean> suspect, Optional<Boolean> accepted) {
        if (superseded) {
            return SUPERSEDED;
        }
        if (accepted.isPresent()) {
            return accepted.get() ? ACCEPTED : REJECTED;
        }
        return suspect.map(doubtful -> doubtful ? SUSPECT : SOUND).orElse(UNJUDGED);
    }

    /** What a list may be held to, as SQL on {@code maintenance_record r}. */
    public enum Chosen {
        ALL("TRUE"),
        /** Suspect and not decided. */
        SUSPECT(flagged() + " AND NOT " + decided() + " AND NOT " + superseded()),
        DECIDED(decided() + " AND NOT " + superseded()),
        /** Suspect by the evidence, whatever was decided. */
        FLAGGED(flagged() + " AND NOT " + superseded()),
        /** Not superseded. */
        STANDING("NOT " + superseded()),
        SUPERSEDED(superseded());

        private final String condition;

        Chosen(String condition) {
            this.condition = condition;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String condition() {
            return condition;
        }

        static Optional<Chosen> of(String word) {
            return Arrays.stream(values())
                    .filter(chosen -> chosen.word().equals(word))
                    .findFirst();
        }

        private static String flagged() {
            return """
                   r.record_id IN (SELECT v.record_id FROM visit_verdict v WHERE v.suspect)
                   AND (SELECT v.suspect FROM visit_verdict v WHERE v.record_id = r.record_id ORDER BY v.verdict_id DESC LIMIT 1)
                   """;
        }

        private static String decided() {
            return "EXISTS (SELECT FROM visit_decision d WHERE d.record_id = r.record_id)";
        }

        private static String superseded() {
            return "EXISTS (SELECT FROM maintenance_record n WHERE n.supersedes = r.record_id)";
        }
    }
}
