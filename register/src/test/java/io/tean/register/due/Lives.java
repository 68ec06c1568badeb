package io.tean.register.due;

import io.tean.register.due.MachineLife.Inspected;
import io.tean.register.due.MachineLife.Machine;
import io.tean.register.due.MachineLife.PlanSpan;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.StateSpan;
import io.tean.register.due.MachineLife.Visited;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Lives of machines, written short: see the head of worked-examples.csv. */
final class Lives {
    private static final Set<String> LEVELS = Set.of("HALF_MONTH", "QUARTER", "HALF_YEAR", "YEAR", "CALL_OUT_REPAIR");

    private Lives() {}

    static MachineLife of(
            String category, String type, String inUseSince, String supervised, String registered, String history) {
        List<StateSpan> states = new ArrayList<>();
        List<Inspected> inspections = new ArrayList<>();
        List<Visited> visits = new ArrayList<>();
        List<PlanSpan> plans = new ArrayList<>();
        List<Span> pauses = new ArrayList<>();
        for (String event : history.isEmpty() ? new String[0] : history.split(",")) {
            String word = event.substring(0, event.indexOf('@'));
            String rest = event.substring(event.indexOf('@') + 1);
            if (word.equals("OUT")) {
                Span out = span(rest);
                states.add(new StateSpan("IN_USE", new Span(LocalDate.parse(inUseSince), out.from())));
                states.add(new StateSpan("SUSPENDED", out));
                states.add(new StateSpan("IN_USE", new Span(out.until(), Duty.OPEN)));
            } else if (word.startsWith("PLAN")) {
                plans.add(new PlanSpan(Integer.parseInt(word.substring(4)), span(rest)));
            } else if (word.equals("PAUSE")) {
                pauses.add(span(rest));
            } else if (LEVELS.contains(word)) {
                visits.add(new Visited(word, LocalDate.parse(rest)));
            } else {
                int grade = rest.indexOf('#');
                int valid = rest.indexOf('<');
                inspections.add(new Inspected(
                        word,
                        LocalDate.parse(rest.substring(0, 10)),
                        !rest.endsWith("!"),
                        grade < 0 ? OptionalInt.empty() : OptionalInt.of(rest.charAt(grade + 1) - '0'),
                        valid < 0 ? Optional.empty() : Optional.of(LocalDate.parse(rest.substring(valid + 1)))));
            }
        }
        Machine machine = new Machine(
                category,
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                type.isEmpty() ? Optional.empty() : Optional.of("2014"),
                Optional.empty(),
                day(inUseSince),
                day(supervised),
                LocalDate.parse(registered),
                Map.of());
        return new MachineLife(machine, states, inspections, visits, List.of(), plans, pauses);
    }

    /** The same with other visits, put into the order of their days. */
    static MachineLife with(MachineLife life, List<Visited> visits) {
        return new MachineLife(
                life.machine(),
                life.states(),
                life.inspections(),
                visits.stream().sorted(Comparator.comparing(Visited::on)).toList(),
                life.contracts(),
                life.plans(),
                life.suspensions());
    }

    private static Span span(String text) {
        return new Span(LocalDate.parse(text.substring(0, 10)), LocalDate.parse(text.substring(12)));
    }

    private static Optional<LocalDate> day(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    }
}
