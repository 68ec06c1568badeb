package io.tean.dashboards.notice;

import io.tean.core.stream.Label;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One notice to one recipient, as its viewer may see it.
 *
 * @param digest the delivery that it went with; none when it goes by itself
 */
public record Delivery(UUID id, About about, To to, Standing standing, Times times, Optional<UUID> digest) {
    /** In place of an occasion: what tells of several notices at once. */
    public static final String DIGEST = "DIGEST";

    /**
     * What it tells of: an alert, a case, other deliveries, or nothing when it is a test.
     *
     * @param occasion such as OPENED; {@link #DIGEST} of a digest
     * @param subject of what is no machine
     * @param tells of how many deliveries a digest tells
     */
    public record About(
            String occasion,
            Optional<Told> alert,
            OptionalLong rescueCase,
            Optional<Machine> machine,
            Optional<String> subject,
            int tells) {
        /** In words, in the viewer's language. */
        public String title(Tongue t) {
            if (alert.isPresent()) {
                return alert.get().title(t);
            }
            if (rescueCase.isPresent()) {
                return t.say(Word.NOTICE_CASE, Long.toString(rescueCase.getAsLong()));
            }
            return occasion.equals(DIGEST)
                    ? t.say(Word.NOTICE_DIGEST_OF, t.count(tells))
                    : t.say(Word.NOTICE_OF_NOTHING);
        }

        /** The page of the case, which the rescue pages have. */
        public Optional<String> casePath() {
            return rescueCase.isPresent() ? Optional.of(Route.CASE.path(rescueCase.getAsLong())) : Optional.empty();
        }

        /** What and where it is, beneath the title. */
        public Optional<String> place() {
            return machine.map(known -> known.code() + " · " + known.name()
                            + known.place().map(text -> " · " + text).orElse(""))
                    .or(() -> subject);
        }
    }

    /** An alert that is told of; its title is none when the catalogue does not know the rule. */
    public record Told(long id, String rule, Optional<Label> title) {
        String title(Tongue t) {
            return title.map(t::say).orElse(rule);
        }
    }

    /**
     * Whom.
     *
     * @param recipient none of a test, and of a unit that is called by its telephone
     * @param language zh or en
     */
    public record To(OptionalInt recipient, String name, String language) {}

    /**
     * What became of it.
     *
     * @param reason of its death, or of the last attempt that failed; may be empty
     * @param channel that is tried now, or was last
     */
    public record Standing(State state, String reason, int attempts, Optional<String> channel) {}

    /** @param endedAt none while it waits */
    public record Times(
            Instant queuedAt,
            Instant nextAt,
            Instant deadlineAt,
            Optional<Instant> endedAt,
            Optional<Instant> confirmedAt) {}

    /** Where it stands. */
    public enum State {
        QUEUED("quiet"),
        HANDED_OVER("good"),
        CONFIRMED("good"),
        DEAD("bad");

        /** All, in words. */
        public static final List<String> WORDS =
                Arrays.stream(values()).map(State::word).toList();

        private final String badge;

        State(String badge) {
            this.badge = badge;
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The look of its badge. */
        public String badge() {
            return badge;
        }
    }

    /**
     * What waits and what died, in one line.
     *
     * @param waiting deliveries that are queued, and notices that nobody has routed yet
     * @param oldestSeconds how long the oldest of them has waited
     * @param diedToday of a day of China
     */
    public record Backlog(long waiting, long oldestSeconds, long diedToday) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("waiting", waiting);
            json.put("oldest_s", oldestSeconds);
            json.put("died_today", diedToday);
            return json;
        }
    }

    public boolean isDead() {
        return standing.state == State.DEAD;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("notice_id", id.toString());
        json.put("occasion", about.occasion);
        json.put("alert_id", about.alert.map(Told::id));
        json.put("rule", about.alert.map(Told::rule));
        json.put("title_zh", about.alert.flatMap(Told::title).map(Label::zh));
        json.put("title_en", about.alert.flatMap(Told::title).map(Label::en));
        json.put("case_id", about.rescueCase);
        json.put("equipment_code", about.machine.map(Machine::code));
        json.put("equipment_name", about.machine.map(Machine::name));
        json.put("subject", about.subject);
        json.put("recipient_id", to.recipient);
        json.put("recipient", to.name);
        json.put("language", to.language);
        json.put("channel", standing.channel);
        json.put("state", standing.state.word());
        json.put("reason", standing.reason);
        json.put("attempts", standing.attempts);
        json.put("queued_at", times.queuedAt);
        json.put("next_at", standing.state == State.QUEUED ? Optional.of(times.nextAt) : Optional.empty());
        json.put("deadline_at", times.deadlineAt);
        json.put("ended_at", times.endedAt);
        json.put("confirmed_at", times.confirmedAt);
        json.put("digest_id", digest.map(UUID::toString));
        return json;
    }
}
