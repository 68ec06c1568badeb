package io.tean.simulators.fleet;

import io.tean.simulators.machine.BoilerTraits;
import io.tean.simulators.machine.ElevatorTraits;
import io.tean.simulators.machine.FillingTraits;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.machine.MachineKind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/** The machines of a simulation, each with its seed, its parameters and the device login that it publishes by. */
public record Fleet(
        long seed, List<ElevatorTraits> elevators, List<BoilerTraits> boilers, List<FillingTraits> fillingMachines) {
    public Fleet {
        elevators = List.copyOf(elevators);
        boilers = List.copyOf(boilers);
        fillingMachines = List.copyOf(fillingMachines);
    }

    /** The plates of one kind, in the order of the fleet file. */
    public List<Identity> identities(MachineKind kind) {
        return switch (kind) {
            case ELEVATOR -> elevators.stream().map(ElevatorTraits::identity).toList();
            case BOILER -> boilers.stream().map(BoilerTraits::identity).toList();
            case FILLING_MACHINE ->
                fillingMachines.stream().map(FillingTraits::identity).toList();
        };
    }

    /** The kind of the machine with a code. */
    public Optional<MachineKind> kindOf(String code) {
        for (MachineKind kind : MachineKind.values()) {
            if (identities(kind).stream().anyMatch(identity -> identity.code().equals(code))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Every device login with the codes of the equipment that it publishes for. */
    public SequencedMap<String, SequencedSet<String>> bindings() {
        Map<String, SequencedSet<String>> bindings = new TreeMap<>();
        elevators.forEach(elevator -> {
            bind(bindings, elevator.device(), elevator.identity());
            bind(bindings, elevator.upkeep().device(), elevator.identity());
        });
        boilers.forEach(boiler -> bind(bindings, boiler.device(), boiler.identity()));
        fillingMachines.forEach(machine -> bind(bindings, machine.device(), machine.identity()));
        return new LinkedHashMap<>(bindings);
    }

    private static void bind(Map<String, SequencedSet<String>> bindings, String device, Identity identity) {
        bindings.computeIfAbsent(device, d -> new LinkedHashSet<>()).add(identity.code());
    }
}
