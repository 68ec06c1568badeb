package io.tean.alerting.judge;

import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import io.tean.alerting.alert.Notices;
import io.tean.alerting.alert.Recovery;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.SubjectKind;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.alert.Severity;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.reading.UnstoredReading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Judges every stored reading by the rules of its stream, in its transaction: findings, alerts, recoveries, and the conditions that go on holding.
 * What it remembers of machines is only there to be quick: it is read from the database when it is not there or old, and adopted after the commit.
 */
public final class JudgeStep implements InTransactionStep {
    /** After so long another service may have judged the machine meanwhile. */
    private static final long FRESH_NANOS = 300_000_000_000L;
    /** What changes in the register counts at the latest after so long. */
    private static final long FACTS_FRESH_NANOS = 600_000_000_000L;

    private final RuleSet rules;
    private final Judgement judgement;
    private final LateReadings lateReadings;
    private final JudgeCounts counts;
    private final int mostMachines;
    private final Consumer<EarlyAlarm> early;
    /** Each machine's entry is written by its lane only. */
    private final Map<Integer, Remembered> memory = new ConcurrentHashMap<>();

    /** How machines stand when readings count that are not stored yet; only of such machines. */
    private final Map<Integer, MachineState> unstored = new ConcurrentHashMap<>();

    /** Machines of which an alert was closed: what is remembered of their conditions is no longer so. */
    private final Set<Integer> ended = ConcurrentHashMap.newKeySet();

    private final Map<Finding.Key, UUID> toldEarly = new ConcurrentHashMap<>();

    /** @param known registered facts of the machine, as of some minutes ago at most */
    private record Remembered(MachineState state, Known known, long atNanos) {}

    private record Known(Map<String, Object> facts, long atNanos) {
        static final Known NOTHING = new Known(Map.of(), System.nanoTime() - 2 * FACTS_FRESH_NANOS);

        boolean isOld(long nowNanos) {
            return nowNanos - atNanos > FACTS_FRESH_NANOS;
        }
    }

    JudgeStep(RuleSet rules, JudgeCounts counts, int mostMachines, Consumer<EarlyAlarm> early) {
        this.rules = rules;
        this.judgement = new Judgement(rules);
        this.lateReadings = new LateReadings(rules, judgement);
        this.counts = counts;
        this.mostMachines = mostMachines;
        this.early = early;
    }

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public boolean wants(StreamDeclaration stream) {
        return rules.judges(stream.name());
    }

    @Override
    public Optional<Runnable> foresee(List<Reading> readings) {
        Map<Integer, MachineState> states = new HashMap<>();
        long now = System.nanoTime();
        for (Reading reading : readings) {
            Remembered remembered = memory.get(reading.equipmentId());
            String stream = reading.stream().name();
            if (remembered == null
                    || ended.contains(reading.equipmentId())
                    || now - remembered.atNanos > FRESH_NANOS
                    || (rules.needsFacts(stream)
                            && (rules.needsFactsOfReadings(stream) || remembered.known.isOld(now)))) {
                return Optional.empty();
            }
            MachineState state = states.getOrDefault(reading.equipmentId(), remembered.state);
            if (state.isPast(reading)) {
                return Optional.empty();
            }
            List<Outcome> outcomes = new ArrayList<>(0);
            MachineState next = judgement.judge(state, reading, remembered.known.facts, outcomes::add);
            if (!outcomes.isEmpty() || !next.windows().equals(state.windows())) {
                return Optional.empty();
            }
            states.put(reading.equipmentId(), next);
        }
        counts.judged(readings.size());
        return Optional.of(() -> adopt(states, Map.of()));
    }

    @Override
    public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
        List<Reading> readings = inserted.stream()
                .sorted(Comparator.comparingInt(Reading::equipmentId)
                        .thenComparingLong(Reading::epochMicros)
                        // A state that was told together with an event was there when it happened.
                        .thenComparing(r -> !r.stream().key().isEmpty()))
                .toList();
        Map<Integer, MachineState> before = remember(transaction, readings);
        Map<Reading, Map<String, Object>> facts = Facts.of(
                transaction,
                readings.stream()
                        .filter(r -> rules.needsFacts(r.stream().name()))
                        .toList());
        Map<Integer, MachineState> after = new HashMap<>(before);
        Consequences consequences = new Consequences();
        Map<Integer, Map<StreamDeclaration, List<Reading>>> late = new LinkedHashMap<>();
        for (Reading reading : readings) {
            MachineState state = after.getOrDefault(reading.equipmentId(), MachineState.NEW);
            Map<String, Object> known = facts.getOrDefault(reading, Map.of());
            if (state.isPast(reading)) {
                counts.late();
                if (lateReadings.matters(state, reading, known)) {
                    late.computeIfAbsent(reading.equipmentId(), m -> new LinkedHashMap<>())
                            .computeIfAbsent(reading.stream(), s -> new ArrayList<>())
                            .add(reading);
                }
            } else {
                after.put(reading.equipmentId(), judgement.judge(state, reading, known, consequences::add));
            }
        }
        for (var machine : late.entrySet()) {
            for (List<Reading> ofStream : machine.getValue().values()) {
                MachineState state = lateReadings.play(
                        transaction,
                        after.getOrDefault(machine.getKey(), MachineState.NEW),
                        ofStream,
                        facts,
                        consequences::add,
                        (rule, at) -> consequences.over(rule, Integer.toString(machine.getKey()), at));
                after.put(machine.getKey(), state);
            }
        }
        writeWindows(transaction, before, after);
        Consequences.Written written = consequences.write(transaction);
        WindowRows.write(transaction, written.reopened(after));
        counts.judged(readings.size());
        return () -> {
            adopt(after, facts);
            written.count(counts);
        };
    }

    @Override
    public void forget(List<Reading> readings) {
        readings.forEach(r -> memory.remove(r.equipmentId()));
    }

    /** Says that alerts of machines were closed, here or by another service. */
    void ended(Collection<Integer> machines) {
        machines.stream().filter(memory::containsKey).forEach(ended::add);
    }

    @Override
    public void delayed(List<UnstoredReading> readings) {
        for (UnstoredReading one : readings) {
            Reading reading = one.reading();
            int machine = reading.equipmentId();
            Remembered remembered = memory.getOrDefault(machine, new Remembered(MachineState.NEW, Known.NOTHING, 0));
            MachineState before = unstored.getOrDefault(
                    machine, ended.contains(machine) ? remembered.state.withoutWindows() : remembered.state);
            if (!before.isPast(reading)) {
                unstored.put(
                        machine,
                        judgement.judge(
                                before, reading, remembered.known.facts, outcome -> tellEarly(outcome, one, before)));
            }
        }
    }

    private void tellEarly(Outcome outcome, UnstoredReading one, MachineState before) {
        if (outcome instanceof Outcome.Found found
                && found.rule().severity() == Severity.EMERGENCY
                // What is open already has been told.
                && before.windows().stream()
                        .noneMatch(w -> w.fired() && w.ask().rule().equals(found.rule()))) {
            Finding.Key key = new Finding.Key(
                    found.rule().subject().name(),
                    Consequences.subject(found.rule(), found.reading()),
                    found.rule().name());
            UUID notice = Notices.beginning(key, StoredReadings.time(found.sinceMicros()));
            if (toldEarly.putIfAbsent(key, notice) == null) {
                early.accept(new EarlyAlarm(
                        notice,
                        found.rule().name(),
                        found.rule().title().zh(),
                        found.rule().title().en(),
                        one.equipmentCode(),
                        found.reading().time()));
            }
        }
    }

    private void adopt(Map<Integer, MachineState> states, Map<Reading, Map<String, Object>> facts) {
        if (!unstored.isEmpty()) {
            unstored.keySet().removeAll(states.keySet());
            toldEarly
                    .keySet()
                    .removeIf(key -> key.subjectKind().equals(SubjectKind.MACHINE.name())
                            && states.containsKey(Integer.valueOf(key.subject())));
        }
        if (memory.size() + states.size() > mostMachines) {
            // Rare, and only costs reading them again.
            memory.clear();
        }
        long now = System.nanoTime();
        Map<Integer, Known> fresh = new HashMap<>();
        facts.forEach((reading, values) -> fresh.computeIfAbsent(reading.equipmentId(), m -> new Known(values, now)));
        states.forEach((machine, state) -> {
            Remembered before = memory.get(machine);
            Known known = fresh.getOrDefault(machine, before == null ? Known.NOTHING : before.known);
            memory.put(machine, new Remembered(state, known, now));
        });
    }

    /** What is known of the machines of the readings, as it was before these. */
    private Map<Integer, MachineState> remember(Connection transaction, List<Reading> readings) throws SQLException {
        Map<Integer, MachineState> states = new HashMap<>();
        Map<StreamDeclaration, Map<Integer, StoredReadings.Span>> unknown = new LinkedHashMap<>();
        Set<Integer> machines = new HashSet<>();
        long now = System.nanoTime();
        for (Reading reading : readings) {
            int machine = reading.equipmentId();
            if (ended.remove(machine)) {
                memory.remove(machine);
            }
            Remembered remembered = memory.get(machine);
            if (remembered != null && now - remembered.atNanos <= FRESH_NANOS) {
                states.put(machine, remembered.state);
                continue;
            }
            machines.add(machine);
            StoredReadings.Span span = new StoredReadings.Span(reading.epochMicros(), reading.epochMicros());
            Set<StreamDeclaration> streams =
                    new HashSet<>(rules.looksBackAt(reading.stream().name()));
            streams.add(reading.stream());
            streams.forEach(s ->
                    unknown.computeIfAbsent(s, x -> new HashMap<>()).merge(machine, span, StoredReadings.Span::and));
        }
        if (machines.isEmpty()) {
            return states;
        }
        counts.loaded(machines.size());
        Map<Integer, List<Window>> windows = WindowRows.load(transaction, rules, machines);
        for (int machine : machines) {
            states.put(machine, new MachineState(Map.of(), windows.getOrDefault(machine, List.of()), List.of()));
        }
        for (var stream : unknown.entrySet()) {
            for (Reading newest : StoredReadings.beside(transaction, stream.getKey(), stream.getValue())) {
                MachineState state = states.getOrDefault(newest.equipmentId(), MachineState.NEW);
                if (!state.isPast(newest)) {
                    states.put(newest.equipmentId(), state.with(newest));
                }
            }
        }
        return states;
    }

    private static void writeWindows(
            Connection transaction, Map<Integer, MachineState> before, Map<Integer, MachineState> after)
            throws SQLException {
        Map<Integer, List<Window>> put = new LinkedHashMap<>();
        Map<Integer, List<Window>> gone = new LinkedHashMap<>();
        after.keySet().stream().sorted().forEach(machine -> {
            List<Window> was = before.getOrDefault(machine, MachineState.NEW).windows();
            List<Window> is = after.getOrDefault(machine, MachineState.NEW).windows();
            if (was.equals(is)) {
                return;
            }
            for (Window window : is) {
                if (!was.contains(window)) {
                    put.computeIfAbsent(machine, m -> new ArrayList<>()).add(window);
                }
            }
            for (Window window : was) {
                if (is.stream().noneMatch(w -> w.isOf(window.ask()))) {
                    gone.computeIfAbsent(machine, m -> new ArrayList<>()).add(window);
                }
            }
        });
        WindowRows.delete(transaction, gone);
        WindowRows.write(transaction, put);
    }

    /** What follows from a batch, gathered to be written at once. */
    private static final class Consequences {
        private final List<Finding> findings = new ArrayList<>();
        private final List<Evidence> evidence = new ArrayList<>();
        private final List<Recovery> recoveries = new ArrayList<>();
        private final Map<Reading, Set<Rule>> seen = new HashMap<>();

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Found found -> add(found, Optional.empty());
                case Outcome.Over end ->
                    over(
                            end.rule(),
                            subject(end.rule(), end.reading()),
                            end.reading().time());
            }
        }

        void add(Outcome.Found found, Optional<Instant> recovered) {
            // Two conditions of one rule may hold for one reading: it is one finding.
            if (seen.computeIfAbsent(found.reading(), r -> new HashSet<>()).add(found.rule())) {
                Finding finding = new Finding(
                        found.rule(),
                        subject(found.rule(), found.reading()),
                        OptionalInt.of(found.reading().equipmentId()),
                        OptionalInt.empty(),
                        "",
                        StoredReadings.time(found.sinceMicros()),
                        found.reading().time(),
                        1,
                        found.seen(),
                        recovered);
                findings.add(finding);
                evidence.add(Evidence.of(found.reading(), finding.key()));
            }
        }

        void over(Rule rule, String subject, Instant at) {
            recoveries.add(new Recovery(rule, subject, at));
        }

        private static String subject(Rule rule, Reading reading) {
            return rule.subject() == SubjectKind.CYLINDER
                    ? reading.text("cylinder_code")
                    : Integer.toString(reading.equipmentId());
        }

        Written write(Connection transaction) throws SQLException {
            Map<Finding.Key, AlertStore.Found> found = AlertStore.find(transaction, findings);
            Evidence.write(transaction, evidence, found);
            return new Written(
                    findings.stream().map(Finding::rule).distinct().toList(),
                    found,
                    AlertStore.recover(transaction, recoveries));
        }

        /** What came of it, to be counted once it is committed. */
        record Written(List<Rule> rules, Map<Finding.Key, AlertStore.Found> found, List<Severity> cleared) {
            /**
             * The conditions that hold of alerts that were opened: whoever closed an alert before them took its windows away, which go on here.
             */
            Map<Integer, List<Window>> reopened(Map<Integer, MachineState> states) {
                Map<Integer, List<Window>> windows = new LinkedHashMap<>();
                found.forEach((key, alert) -> {
                    if (alert.effect() == AlertStore.Effect.OPENED
                            && key.subjectKind().equals(SubjectKind.MACHINE.name())) {
                        int machine = Integer.parseInt(key.subject());
                        states.getOrDefault(machine, MachineState.NEW).windows().stream()
                                .filter(w -> w.fired() && w.ask().rule().name().equals(key.rule()))
                                .forEach(w -> windows.computeIfAbsent(machine, m -> new ArrayList<>())
                                        .add(w));
                    }
                });
                return windows;
            }

            void count(JudgeCounts counts) {
                found.forEach((key, alert) -> rules.stream()
                        .filter(r -> r.name().equals(key.rule()))
                        .forEach(r -> counts.found(alert.effect(), r.severity())));
                cleared.forEach(counts::cleared);
            }
        }
    }
}
