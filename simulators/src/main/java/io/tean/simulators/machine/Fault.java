package io.tean.simulators.machine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What a fault script can do to a machine or to its terminal, with its word in the script and how long it lasts by default. */
public enum Fault {
    /** The car stops between two landings with somebody in it. */
    ENTRAPMENT("entrapment", Part.MACHINE, "PT20M"),
    /** The door does not close any more. */
    DOOR_FAULT("door-fault", Part.MACHINE, "PT15M"),
    /** The mains fail; terminals live on their battery. */
    POWER_CUT("power-cut", Part.MACHINE, "PT10M"),
    /** The feed pump fails (steam) or the circuit leaks (hot water). */
    LOW_WATER("low-water", Part.MACHINE, "PT20M"),
    /** The pressure control sticks, only the safety valve holds. */
    OVER_PRESSURE("over-pressure", Part.MACHINE, "PT15M"),
    /** The burner is told to burn and has no flame. */
    FLAME_FAILURE("flame-failure", Part.MACHINE, "PT10M"),
    /** The scale does not stop the fill at the rated weight. */
    OVERFILL("overfill", Part.MACHINE, "PT10M"),
    /** Cylinders whose inspection date has passed are filled all the same. */
    EXPIRED_CYLINDER("expired-cylinder", Part.MACHINE, "PT10M"),
    /** The firm stays away from the elevator. */
    MISSED_VISIT("missed-visit", Part.CREW, "P20D"),
    /** The terminal publishes nothing, and loses what it should have measured. */
    SILENT("silent", Part.TERMINAL, "PT10M"),
    /** The terminal's clock is wrong. */
    WRONG_CLOCK("wrong-clock", Part.TERMINAL, "PT10M"),
    /** The terminal sends every message twice. */
    DUPLICATE_SENDER("duplicate-sender", Part.TERMINAL, "PT10M");

    /** Who has the fault. */
    public enum Part {
        MACHINE,
        CREW,
        TERMINAL
    }

    private final String word;
    private final Part part;
    private final String lasts;

    Fault(String word, Part part, String lasts) {
        this.word = word;
        this.part = part;
        this.lasts = lasts;
    }

    public String word() {
        return word;
    }

    public Part part() {
        return part;
    }

    /** How long it lasts when the script does not say. */
    public Duration lasts() {
        return Duration.parse(lasts);
    }

    public boolean strikes(MachineKind kind) {
        return switch (this) {
            case ENTRAPMENT, DOOR_FAULT, MISSED_VISIT -> kind == MachineKind.ELEVATOR;
            case LOW_WATER, OVER_PRESSURE, FLAME_FAILURE -> kind == MachineKind.BOILER;
            case OVERFILL, EXPIRED_CYLINDER -> kind == MachineKind.FILLING_MACHINE;
            case POWER_CUT, SILENT, WRONG_CLOCK, DUPLICATE_SENDER -> true;
        };
    }

    public static Optional<Fault> of(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
    }
}
