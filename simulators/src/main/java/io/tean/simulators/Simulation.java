package io.tean.simulators;

import io.tean.core.stream.StreamCatalogue;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.link.Parcel;
import io.tean.simulators.link.Terminal;
import io.tean.simulators.machine.Boiler;
import io.tean.simulators.machine.Elevator;
import io.tean.simulators.machine.ElevatorTraits;
import io.tean.simulators.machine.FillingMachine;
import io.tean.simulators.machine.Machine;
import io.tean.simulators.machine.MachineKind;
import io.tean.simulators.machine.MaintenanceCrew;
import io.tean.simulators.machine.Sign;
import io.tean.simulators.scenario.GroundTruth;
import io.tean.simulators.scenario.ScheduledFault;
import io.tean.simulators.signal.Dice;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All machines and faults in the order of their instants, on one thread. Pure: the same fleet, seed, start and script give the same
 * parcels byte for byte.
 */
final class Simulation {
    /** In a short demonstration one crew in so many is about to finish a call-out. */
    private static final int ELEVATORS_PER_CALL_OUT = 40;

    private static final int CALLED_OUT = 7;

    private final Instant start;
    private final GroundTruth truth;
    private final Map<String, Site> sites = new HashMap<>();
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparingInt(Turn::order));
    private final PriorityQueue<FaultTurn> faults =
            new PriorityQueue<>(Comparator.comparing(FaultTurn::at).thenComparingInt(FaultTurn::order));
    private int order;

    /** A machine's wish to act; out of date when the machine has another one since. */
    private record Turn(Instant at, int order, Machine machine, Terminal terminal) {}

    /** The begin or the end of a fault. Of those at one instant the ends come first. */
    private record FaultTurn(Instant at, int order, ScheduledFault fault, boolean begins) {}

    /** What stands in one place. */
    private record Site(Machine machine, @Nullable MaintenanceCrew crew, Terminal terminal) {}

    Simulation(
            Fleet fleet, StreamCatalogue catalogue, long seed, Instant start, Consumer<Parcel> way, GroundTruth truth) {
        this.start = start;
        this.truth = truth;
        int callOut = Math.min(CALLED_OUT, fleet.elevators().size() - 1);
        for (int i = 0; i < fleet.elevators().size(); i++) {
            ElevatorTraits traits = fleet.elevators().get(i);
            var terminal = new Terminal(
                    MachineKind.ELEVATOR, traits.device(), traits.upkeep().device(), way);
            var elevator = new Elevator(traits, catalogue, start, dice(seed, traits.seed()));
            var crew = new MaintenanceCrew(traits, elevator, catalogue, start, i % ELEVATORS_PER_CALL_OUT == callOut);
            settle(new Site(elevator, crew, terminal));
        }
        fleet.boilers()
                .forEach(traits -> settle(new Site(
                        new Boiler(traits, catalogue, start, dice(seed, traits.seed())),
                        null,
                        new Terminal(MachineKind.BOILER, traits.device(), traits.device(), way))));
        fleet.fillingMachines()
                .forEach(traits -> settle(new Site(
                        new FillingMachine(traits, catalogue, start, dice(seed, traits.seed())),
                        null,
                        new Terminal(MachineKind.FILLING_MACHINE, traits.device(), traits.device(), way))));
    }

    private static Dice dice(long seed, long machine) {
        return Dice.of(machine, "run " + seed);
    }

    private void settle(Site site) {
        sites.put(site.machine().code(), site);
        queue(site.machine(), site.terminal());
        if (site.crew() != null) {
            queue(site.crew(), site.terminal());
        }
    }

    private void queue(Machine machine, Terminal terminal) {
        turns.add(new Turn(machine.next(), ++order, machine, terminal));
    }

    void plan(List<ScheduledFault> planned) {
        for (ScheduledFault fault : planned) {
            if (fault.ends().isAfter(start)) {
                Instant begins = fault.begins().isBefore(start) ? start : fault.begins();
                faults.add(new FaultTurn(begins, ++order, fault, true));
            }
        }
    }

    /** When something happens next. */
    Instant next() {
        Turn turn = turns.peek();
        FaultTurn fault = faults.peek();
        Instant machines = turn == null ? Instant.MAX : turn.at();
        return fault == null || machines.isBefore(fault.at()) ? machines : fault.at();
    }

    /** Lets the next thing happen. */
    void step() {
        FaultTurn fault = faults.peek();
        if (fault != null && !fault.at().isAfter(next())) {
            faults.remove();
            apply(fault);
            return;
        }
        Turn turn = turns.poll();
        if (turn == null || !turn.at().equals(turn.machine().next())) {
            return;
        }
        turn.machine().act(turn.at(), turn.terminal());
        queue(turn.machine(), turn.terminal());
    }

    private void apply(FaultTurn turn) {
        ScheduledFault fault = turn.fault();
        Site site = site(fault);
        Machine sufferer = sufferer(site, fault);
        if (turn.begins()) {
            faults.add(new FaultTurn(fault.ends(), - ++order, fault, false));
            if (sufferer == null) {
                site.terminal().begin(fault.fault(), fault.shift());
            } else {
                sufferer.begin(fault.fault(), turn.at());
                queue(sufferer, site.terminal());
            }
        } else {
            if (sufferer == null) {
                site.terminal().end(fault.fault());
            } else {
                sufferer.end(fault.fault(), turn.at());
                queue(sufferer, site.terminal());
            }
            truth.tell(fault, Optional.of(turn.at()), signs(site, fault));
        }
    }

    private Site site(ScheduledFault fault) {
        Site site = sites.get(fault.equipmentCode());
        if (site == null) {
            throw new IllegalArgumentException("no machine " + fault.equipmentCode() + " in this simulation");
        }
        return site;
    }

    /** Who has the fault; null when it is the terminal. */
    private static @Nullable Machine sufferer(Site site, ScheduledFault fault) {
        return switch (fault.fault().part()) {
            case MACHINE -> site.machine();
            case CREW -> site.crew();
            case TERMINAL -> null;
        };
    }

    private static List<Sign> signs(Site site, ScheduledFault fault) {
        Machine sufferer = sufferer(site, fault);
        return sufferer == null
                ? site.terminal().signs(fault.fault(), fault.shift(), fault.begins())
                : sufferer.signs();
    }

    /** Tells the truth about the faults that have not ended. */
    void finish() {
        faults.stream()
                .filter(turn -> !turn.begins())
                .sorted(Comparator.comparing(turn -> turn.fault().begins()))
                .forEach(turn -> truth.tell(turn.fault(), Optional.empty(), signs(site(turn.fault()), turn.fault())));
    }
}
