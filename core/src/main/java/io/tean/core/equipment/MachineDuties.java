package io.tean.core.equipment;

import io.tean.core.stream.Label;
import java.time.LocalDate;
import java.util.List;

/** What one machine is due for, rule by rule; a pure function of the regulation book and what is registered. */
public interface MachineDuties {
    /**
     * The current duty by one entry of the regulation book.
     *
     * @param clause where the rule stands, in words of the trade
     * @param source where that was found
     * @param mark how far the source may be trusted, such as {@code seen}
     */
    record Part(String rule, Label title, LocalDate dueOn, Label clause, String source, String mark) {}

    /** In the order of their due dates; empty for an unknown machine and for one that nothing is due for. */
    List<Part> of(String equipmentCode, LocalDate day);
}
