package io.tean.core.equipment;

import io.tean.core.audit.Actor;
import java.util.Map;

/** What people may change in the register by hand. The change and its audit entry are one transaction. */
public interface EquipmentDecisions {

    /** What came of it. */
    sealed interface Outcome {
        record Done() implements Outcome {}

        /** Nothing of it differs from what is registered. */
        record Unchanged() implements Outcome {}

        record Unknown() implements Outcome {}

        /** @param problems by heading, each a sentence for the person */
        record Refused(Map<String, String> problems) implements Outcome {
            public Refused {
                problems = Map.copyOf(problems);
            }
        }
    }

    /**
     * Changes a machine's entry.
     *
     * @param cells new texts by the headings of the equipment file, such as {@code rescue_code}; what is not named stays
     * @param reason for the record
     */
    Outcome change(String equipmentCode, Map<String, String> cells, String reason, Actor actor);
}
