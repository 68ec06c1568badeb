package io.tean.alerting.judge;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.Truth;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Readings that came after newer ones of their stream. They are judged by their own time: what was stored around them is played again with them in
 * their place.
 */
final class LateReadings {
    /** How far before the late one the play begins, beside the longest {@code for}. */
    private static final long LEAD_MICROS = 600_000_000L;
    /** A machine that has more to play again is judged by the late reading alone. */
    private static final int MOST = 5_000;

    private final RuleSet rules;
    private final Judgement judgement;

    LateReadings(RuleSet rules, Judgement judgement) {
        this.rules = rules;
        this.judgement = judgement;
    }

    /** Whether it can change anything: it fulfils a condition, ends one, or breaks one that is waiting. */
    boolean matters(MachineState state, Reading late, Map<String, Object> facts) {
        // The newest readings of other streams may be younger than it: what looks back cannot be told yet, and is
        // looked at.
        Sight sight = new Sight(late, state, facts);
        for (Ask ask : rules.of(late.stream().name())) {
            Condition condition = ask.condition();
            Truth when = condition.when().ask(sight);
            if (when == Truth.TRUE
                    || (when == Truth.UNKNOWN && condition.looksBack())
                    || condition.clear().filter(c -> c.ask(sight) == Truth.TRUE).isPresent()
                    || (when == Truth.FALSE
                            && state.window(ask).filter(w -> !w.fired()).isPresent())) {
                return true;
            }
        }
        return false;
    }

    /** Plays one stretch of a machine's readings; a finding comes with the moment at which it was over again, if it was. */
    MachineState play(
            Connection connection,
            MachineState live,
            List<Reading> late,
            Map<Reading, Map<String, Object>> facts,
            BiConsumer<Outcome.Found, Optional<Instant>> found,
            BiConsumer<Rule, Instant> over)
            throws SQLException {
        StreamDeclaration stream = late.getFirst().stream();
        int machine = late.getFirst().equipmentId();
        long first = late.stream().mapToLong(Reading::epochMicros).min().orElseThrow();
        long longest = rules.of(stream.name()).stream()
                .mapToLong(a -> a.condition().forMicros())
                .max()
                .orElse(0);
        long from = first - longest - LEAD_MICROS;
        long to = Optional.ofNullable(live.last().get(stream.name()))
                .map(Reading::epochMicros)
                .orElse(first);
        List<Reading> all =
                new ArrayList<>(StoredReadings.between(connection, stream, machine, from, Math.max(to, first), MOST));
        for (StreamDeclaration other : rules.looksBackAt(stream.name())) {
            if (!other.equals(stream)) {
                all.addAll(StoredReadings.between(connection, other, machine, from, Math.max(to, first), MOST));
            }
        }
        all.sort(Comparator.comparingLong(Reading::epochMicros));
        Set<Moment> lateOnes = new HashSet<>();
        late.forEach(r -> lateOnes.add(Moment.of(r)));
        Map<String, Object> known = facts.getOrDefault(late.getFirst(), Map.of());

        List<Outcome> outcomes = new ArrayList<>();
        MachineState state = MachineState.NEW;
        for (Reading reading : all) {
            state = reading.stream().equals(stream)
                    ? judgement.judge(state, reading, known, outcomes::add)
                    : state.with(reading);
        }
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Found finding -> {
                    if (concerns(finding, late)
                            && (lateOnes.contains(Moment.of(finding.reading())) || !isFound(connection, finding))) {
                        found.accept(finding, recovery(outcomes.subList(i + 1, outcomes.size()), finding.rule()));
                    }
                }
                case Outcome.Over end -> {
                    if (lateOnes.contains(Moment.of(end.reading()))) {
                        over.accept(end.rule(), end.reading().time());
                    }
                }
            }
        }
        return adopt(live, state, stream, from);
    }

    private record Moment(long micros, List<String> key) {
        static Moment of(Reading reading) {
            return new Moment(reading.epochMicros(), reading.keyValues());
        }
    }

    private static boolean concerns(Outcome.Found finding, List<Reading> late) {
        return late.stream()
                .anyMatch(r -> r.epochMicros() >= finding.sinceMicros()
                        && r.epochMicros() <= finding.reading().epochMicros());
    }

    private static Optional<Instant> recovery(List<Outcome> later, Rule rule) {
        return later.stream()
                .filter(o -> o instanceof Outcome.Over && o.rule().equals(rule))
                .map(o -> ((Outcome.Over) o).reading().time())
                .findFirst();
    }

    private static boolean isFound(Connection connection, Outcome.Found finding) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM alert_finding WHERE equipment_id = ? AND stream = ? AND time = ? AND key_values = ? AND rule = ?)
                """)) {
            Reading reading = finding.reading();
            select.setInt(1, reading.equipmentId());
            select.setString(2, reading.stream().name());
            select.setObject(3, WindowRows.time(reading.epochMicros()));
            select.setArray(
                    4, connection.createArrayOf("text", reading.keyValues().toArray()));
            select.setString(5, finding.rule().name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** What holds now is what the play says, but for conditions that began before it. */
    private MachineState adopt(MachineState live, MachineState played, StreamDeclaration stream, long from) {
        MachineState state = live;
        for (Ask ask : rules.of(stream.name())) {
            Optional<Window> was = live.window(ask);
            if (was.filter(w -> w.sinceMicros() < from).isPresent()) {
                continue;
            }
            Optional<Window> is = played.window(ask);
            if (is.isPresent()) {
                boolean fired = is.get().fired() || was.filter(Window::fired).isPresent();
                state = state.with(fired ? is.get().asFired() : is.get());
            } else if (was.isPresent()) {
                state = state.without(was.get());
            }
        }
        return state;
    }
}
