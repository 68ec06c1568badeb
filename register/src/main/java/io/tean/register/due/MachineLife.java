package io.tean.register.due;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that is known of one machine and that a due date can depend on. Days are days of China. Lists are in the order of their days; intervals end
 * exclusively.
 *
 * @param visits those that count: not superseded, and not suspect or accepted by a decision
 * @param inspections not superseded
 */
public record MachineLife(
        Machine machine,
        List<StateSpan> states,
        List<Inspected> inspections,
        List<Visited> visits,
        List<ContractSpan> contracts,
        List<PlanSpan> plans,
        List<Span> suspensions) {

    public MachineLife {
        states = List.copyOf(states);
        inspections = List.copyOf(inspections);
        visits = List.copyOf(visits);
        contracts = List.copyOf(contracts);
        plans = List.copyOf(plans);
        suspensions = List.copyOf(suspensions);
    }

    /**
     * The machine itself.
     *
     * @param category such as {@code elevator}
     * @param typeCode four digits of the catalogue
     * @param catalogue {@code 2014} or {@code old}
     * @param supervisedOn supervision inspection of installation or alteration
     * @param registeredOn when Tean learnt of it: the start where nothing earlier is known
     * @param parameters by name, such as {@code rated_speed}
     */
    public record Machine(
            String category,
            Optional<String> typeCode,
            Optional<String> catalogue,
            Optional<LocalDate> madeOn,
            Optional<LocalDate> inUseSince,
            Optional<LocalDate> supervisedOn,
            LocalDate registeredOn,
            Map<String, String> parameters) {
        public Machine {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Days, the last one exclusive. */
    public record Span(LocalDate from, LocalDate until) {
        public boolean holds(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }
    }

    /** @param state IN_USE, SUSPENDED, SCRAPPED or DEREGISTERED */
    public record StateSpan(String state, Span span) {}

    /**
     * An inspection that took place.
     *
     * @param kind SUPERVISION_INSPECTION, PERIODIC_INSPECTION, FIRST_INSPECTION, EXTERNAL, INTERNAL, HYDROSTATIC_TEST, YEARLY_CHECK or SELF_TESTING
     * @param passed also on re-inspection
     * @param safetyGrade 1 to 5, of vessels
     * @param validUntil as printed where it says less than the book
     */
    public record Inspected(
            String kind, LocalDate on, boolean passed, OptionalInt safetyGrade, Optional<LocalDate> validUntil) {}

    /** @param level HALF_MONTH, QUARTER, HALF_YEAR, YEAR or CALL_OUT_REPAIR */
    public record Visited(String level, LocalDate on) {}

    /** @param firm number of the organisation */
    public record ContractSpan(int firm, Span span) {}

    /** On-demand maintenance. */
    public record PlanSpan(int intervalDays, Span span) {}
}
