package io.tean.simulators.machine;

import java.util.Arrays;
import java.util.Optional;

/** The equipment categories that are simulated, by the word of the register, each with the stream that it publishes all the time. */
public enum MachineKind {
    ELEVATOR("elevator", "elevator-status"),
    BOILER("boiler", "boiler-status"),
    FILLING_MACHINE("filling-machine", "cylinder-fill");

    private final String word;
    private final String stream;

    MachineKind(String word, String stream) {
        this.word = word;
        this.stream = stream;
    }

    public String word() {
        return word;
    }

    public String stream() {
        return stream;
    }

    public static Optional<MachineKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
