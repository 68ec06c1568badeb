package io.tean.simulators;

import io.tean.core.stream.StreamCatalogue;
import io.tean.simulators.city.City;
import io.tean.simulators.city.CityPlan;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetFiles;
import io.tean.simulators.fleet.FleetFounder;
import io.tean.simulators.link.Links;
import io.tean.simulators.link.Tally;
import io.tean.simulators.scenario.FaultScript;
import io.tean.simulators.scenario.GroundTruth;
import io.tean.simulators.scenario.ScheduledFault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The entry of the module: makes up a fleet and lets it live, or makes up a whole city for the register. */
public final class Simulators {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private Simulators() {}

    /**
     * Writes organisations.csv, equipment.csv, devices.csv and fleet.yaml into a folder; the same plan gives the same files.
     */
    public static void writeFleet(FleetPlan plan, Path folder) throws IOException {
        FleetFiles.write(
                FleetFounder.found(
                        plan.seed(), plan.elevators(), plan.boilers(), plan.fillingMachines(), plan.gateways()),
                folder);
    }

    /**
     * Writes a whole city to import: organisations, machines, people, contracts, cylinders, two years of maintenance and inspection, and truth.jsonl
     * with the gaps that were planted; the same plan gives the same files.
     */
    public static void writeCity(CityPlan plan, Path folder) throws IOException {
        City.write(plan, folder);
    }

    /**
     * Answers for the city's telephones until the thread is interrupted: prints the text messages that an SMS gateway would bring them.
     *
     * @param port on this machine; 0 for a free one
     */
    public static void answerTelephones(int port, PrintStream screen) throws IOException {
        try (Telephones telephones = new Telephones(port, screen, InstantSource.system())) {
            screen.println("telephones at http://127.0.0.1:" + telephones.port() + "/");
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
        }
    }

    /**
     * Runs until the plan's duration has passed or the thread is interrupted (which it still is afterwards), and returns the
     * totals. When the server takes less than the speed asks for, the simulated clock waits, and the run may last up to twice its
     * duration.
     *
     * @param progress gets a line every few seconds
     * @throws IllegalArgumentException in one line, when a file is not what it should be
     */
    public static Totals run(SimulationPlan plan, StreamCatalogue catalogue, PrintStream progress) throws IOException {
        Fleet fleet = FleetFiles.read(plan.folder());
        Map<String, String> tokens = tokensOf(fleet, plan.tokens());
        FaultScript script =
                plan.faults().isPresent() ? FaultScript.read(plan.faults().get()) : FaultScript.none();
        InstantSource real = InstantSource.system();
        var clock = SimulatedClock.of(real.instant(), plan.speed(), plan.duration());
        List<ScheduledFault> faults = script.schedule(fleet, clock.start());
        try (GroundTruth truth =
                        plan.truth().isPresent() ? GroundTruth.in(plan.truth().get()) : GroundTruth.untold();
                Links links = new Links(plan.host(), plan.port(), tokens, progress::println)) {
            var simulation = new Simulation(fleet, catalogue, plan.seed(), clock.start(), links::offer, truth);
            simulation.plan(faults);
            var lines = new Progress(progress, tokens.size(), links.tally(), real.instant());
            Instant last = drive(simulation, links, clock, real, plan.duration(), lines);
            simulation.finish();
            drain(links, real);
            lines.print(last);
            Tally tally = links.tally();
            return new Totals(tokens.size(), tally.sent(), tally.acknowledged(), tally.refused(), tally.buffered());
        }
    }

    private static Map<String, String> tokensOf(Fleet fleet, Path file) throws IOException {
        Map<String, String> all = FleetFiles.readTokens(file);
        Map<String, String> tokens = new TreeMap<>();
        for (String device : fleet.bindings().keySet()) {
            String token = all.get(device);
            if (token == null) {
                throw new IllegalArgumentException(file + ": no token for device " + device
                        + "; register the fleet's devices.csv and take its tokens");
            }
            tokens.put(device, token);
        }
        return tokens;
    }

    /** Lets simulated time pass; returns how far it came. */
    private static Instant drive(
            Simulation simulation,
            Links links,
            SimulatedClock clock,
            InstantSource real,
            Optional<Duration> duration,
            Progress progress) {
        Instant end = duration.map(d -> clock.at(clock.realStart().plus(d))).orElse(Instant.MAX);
        Instant latest =
                duration.map(d -> clock.realStart().plus(d.multipliedBy(2))).orElse(Instant.MAX);
        Instant reached = clock.start();
        while (!Thread.currentThread().isInterrupted()) {
            Instant now = real.instant();
            Instant due = clock.at(now).isBefore(end) ? clock.at(now) : end;
            boolean waits = false;
            while (!waits
                    && !simulation.next().isAfter(due)
                    && !Thread.currentThread().isInterrupted()) {
                reached = simulation.next();
                simulation.step();
                // A live device buffers; only a faster clock can wait for the network.
                waits = clock.speed() > 1 && links.isCongested();
            }
            progress.show(now, reached);
            boolean finished = !due.isBefore(end) && simulation.next().isAfter(end);
            if (finished || now.isAfter(latest)) {
                return reached;
            }
            Duration pause = waits ? Duration.ofMillis(5) : clock.realTimeUntil(simulation.next(), now);
            LockSupport.parkNanos(Math.clamp(pause.toNanos(), 1_000_000L, LONGEST_PAUSE.toNanos()));
        }
        return reached;
    }

    /** Waits for the last acknowledgements. */
    private static void drain(Links links, InstantSource real) {
        Instant latest = real.instant().plus(DRAIN);
        while (!links.isIdle()
                && !Thread.currentThread().isInterrupted()
                && real.instant().isBefore(latest)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
