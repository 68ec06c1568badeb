package io.tean.simulators.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.simulators.machine.ElevatorTraits.Hoistway;
import io.tean.simulators.signal.Dice;
import io.tean.simulators.signal.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An elevator: somebody calls, the car comes, doors open and close, the car runs and empties. It reports its status on every
 * change and each minute, and events when something happens to it.
 */
public final class Elevator implements Machine {
    private static final Duration BEAT = Duration.ofSeconds(60);
    private static final double SECONDS_BETWEEN_RUNNING_REPORTS = 10;
    private static final Duration DOOR = Duration.ofMillis(2600);
    private static final double METRES_PER_FLOOR = 3.0;
    private static final double ACCELERATION = 0.8;
    private static final double PASSENGER_KG = 66;
    private static final double RESCUE_SPEED_MPS = 0.3;

    /** Codes of GB/T 24476-2017 and its extensions, as the stream declares them. */
    static final class Code {
        static final int DOOR_CLOSE_FAULT = 2;
        static final int STOPPED_OUTSIDE_ZONE = 4;
        static final int ENTRAPMENT = 11;
        static final int BACK_TO_AUTOMATIC = 40;
        static final int MAIN_POWER_OFF = 41;
        static final int OUT_OF_SERVICE = 42;
        static final int INSPECTION_MODE = 43;
        static final int EMERGENCY_POWER = 46;
        static final int ALARM_BUTTON = 90;
        static final int DOOR_CYCLING = 1004;

        private Code() {}
    }

    private enum Phase {
        /** At a landing, door closed, nobody in the car. */
        WAITING,
        /** Under way, empty or not. */
        RUNNING,
        /** At a landing, the door about to open. */
        ARRIVED,
        /** At a landing with the door open. */
        OPEN,
        /** At a landing, the door just closed behind passengers. */
        CLOSED,
        /** Stands between landings until somebody comes. */
        STUCK,
        /** At a landing with a door that does not close. */
        JAMMED,
        /** On its slow way to the nearest landing, by hand or on emergency power. */
        RELEASED,
        /** At a landing without power. */
        DARK,
        /** In the hands of the maintenance crew. */
        INSPECTED
    }

    /** An event to come. */
    private record Coming(Instant at, int code, @Nullable Boolean cleared) {}

    private final ElevatorTraits traits;
    private final Hoistway way;
    private final StreamDeclaration statusStream;
    private final StreamDeclaration eventStream;
    private final Dice dice;
    private final List<Coming> coming = new ArrayList<>();
    private final Signs signs = new Signs();

    private Phase phase = Phase.WAITING;
    private Instant phaseEnds;
    private Instant lastStatus;
    private Instant runBegan;
    private String mode = "normal";
    private boolean doorClosed = true;
    private boolean power = true;
    private boolean trap;
    private boolean jam;
    private boolean crewWaits;
    private int from;
    private int to;
    private int destination;
    private int passengers;
    private double loadKg;
    private long trips;
    private double runHours;
    private long sequence;

    public Elevator(ElevatorTraits traits, StreamCatalogue catalogue, Instant start, Dice dice) {
        this.traits = traits;
        this.way = traits.hoistway();
        this.statusStream = catalogue.stream("elevator-status").orElseThrow();
        this.eventStream = catalogue.stream("elevator-event").orElseThrow();
        this.dice = dice;
        this.from = way.basements();
        this.to = from;
        this.destination = from;
        // Counters go on from one run to the next without being kept: they grow with the calendar, a little faster than
        // the trips do.
        double days = start.getEpochSecond() / 86_400.0 - 14_610 - age(traits.seed());
        this.trips = (long) (days * traits.traffic().tripsPerDay() * 1.2);
        this.runHours = trips * 22 / 3600.0;
        this.sequence = start.getEpochSecond();
        this.runBegan = start;
        // The first beat comes spread over a minute, so that a fleet does not speak in one instant.
        this.lastStatus = start.plusMillis(dice.whole(0, 59_999)).minus(BEAT);
        this.phaseEnds = callAfter(start);
    }

    private static double age(long seed) {
        return Dice.of(seed, "age").between(0, 3000);
    }

    @Override
    public String code() {
        return traits.identity().code();
    }

    @Override
    public Instant next() {
        Instant next = lastStatus.plus(BEAT);
        if (phaseEnds.isBefore(next)) {
            next = phaseEnds;
        }
        if (!coming.isEmpty() && coming.getFirst().at().isBefore(next)) {
            next = coming.getFirst().at();
        }
        return next;
    }

    @Override
    public void act(Instant now, Outlet out) {
        while (!coming.isEmpty() && !coming.getFirst().at().isAfter(now)) {
            raise(coming.removeFirst(), out);
        }
        if (!phaseEnds.isAfter(now)) {
            goOn(now, out);
        } else if (!lastStatus.plus(BEAT).isAfter(now)) {
            report(now, out);
        }
    }

    /** The crew asks for the car; it gets it when the car waits empty. */
    void handToCrew() {
        crewWaits = true;
    }

    /** The crew has left. */
    void takeBack(Instant now) {
        crewWaits = false;
        if (phase == Phase.INSPECTED) {
            phaseEnds = now;
        }
    }

    // ---- a trip ----

    private void goOn(Instant now, Outlet out) {
        switch (phase) {
            case WAITING -> beginTrip(now, out);
            case RUNNING -> run(now, out);
            case ARRIVED -> {
                doorClosed = false;
                become(Phase.OPEN, now.plusMillis(dice.whole(4000, 9000)));
                report(now, out);
            }
            case OPEN -> letInAndOut(now, out);
            case CLOSED -> depart(now);
            case STUCK, DARK -> phaseEnds = Instant.MAX;
            case JAMMED -> {
                mode = "out_of_service";
                become(Phase.JAMMED, Instant.MAX);
                raise(new Coming(now, Code.OUT_OF_SERVICE, null), out);
                report(now, out);
            }
            case RELEASED -> release(now, out);
            case INSPECTED -> {
                mode = "normal";
                become(Phase.WAITING, callAfter(now));
                raise(new Coming(now, Code.BACK_TO_AUTOMATIC, null), out);
                report(now, out);
            }
        }
    }

    private void beginTrip(Instant now, Outlet out) {
        if (crewWaits && !trap && !jam) {
            mode = "inspection_operation";
            become(Phase.INSPECTED, Instant.MAX);
            raise(new Coming(now, Code.INSPECTION_MODE, null), out);
            report(now, out);
            return;
        }
        int ground = way.basements();
        int somewhere = dice.whole(0, way.landings() - 1);
        int origin = dice.chance(0.5) ? ground : somewhere;
        do {
            destination = origin == ground || dice.chance(0.4) ? dice.whole(0, way.landings() - 1) : ground;
        } while (destination == origin);
        if (origin == from) {
            become(Phase.ARRIVED, now.plusMillis(800));
        } else {
            startRun(origin, now);
        }
    }

    private void startRun(int landing, Instant now) {
        to = landing;
        runBegan = now;
        doorClosed = true;
        // The first report comes when the car has left the door zone.
        become(Phase.RUNNING, now.plusMillis(1500));
        if (passengers > 0) {
            trips++;
        }
    }

    private void run(Instant now, Outlet out) {
        double seconds = secondsBetween(runBegan, now);
        double whole = travelSeconds(Math.abs(to - from) * METRES_PER_FLOOR);
        boolean trapped = trap && passengers > 0;
        if (trapped && seconds >= 2.5) {
            trap = false;
            stopBetweenLandings(now, out);
            becomeTrapped(now);
            return;
        }
        if (seconds >= whole - 0.001) {
            runHours += whole / 3600;
            from = to;
            become(Phase.ARRIVED, now.plusMillis(1500));
        } else {
            double rest = Math.max(0.05, whole - seconds);
            double pause = trapped ? 1.2 : Math.min(rest, SECONDS_BETWEEN_RUNNING_REPORTS);
            become(Phase.RUNNING, now.plusMillis(Math.round(pause * 1000)));
        }
        report(now, out);
    }

    private void letInAndOut(Instant now, Outlet out) {
        if (jam) {
            jam = false;
            become(Phase.JAMMED, now.plusSeconds(90));
            raise(new Coming(now, Code.DOOR_CLOSE_FAULT, false), out);
            come(now.plusSeconds(40), Code.DOOR_CYCLING, false);
            report(now, out);
            return;
        }
        if (from == destination) {
            passengers = 0;
            loadKg = 0;
        } else {
            int most = Math.max(1, (int) (way.loadKg() * 0.8 / PASSENGER_KG));
            passengers = Math.clamp(1 + (int) dice.waiting(1.1), 1, most);
            loadKg = 0;
            for (int i = 0; i < passengers; i++) {
                loadKg += Math.clamp(dice.normal(PASSENGER_KG, 12), 25, 120);
            }
            loadKg = Math.min(loadKg, way.loadKg());
        }
        doorClosed = true;
        become(Phase.CLOSED, now.plus(DOOR));
        report(now, out);
    }

    private void depart(Instant now) {
        if (passengers > 0) {
            startRun(destination, now);
        } else {
            become(Phase.WAITING, callAfter(now));
        }
    }

    private Instant callAfter(Instant now) {
        if (trap || jam) {
            return now;
        }
        double share = traits.traffic().rhythm().at(now)
                / Math.max(0.01, traits.traffic().rhythm().mean());
        double perSecond = Math.max(0.002, share) * traits.traffic().tripsPerDay() / 86_400;
        double seconds = Math.min(dice.waiting(1 / perSecond), 1800);
        return now.plusMillis(1 + Math.round(seconds * 1000));
    }

    // ---- faults ----

    @Override
    public void begin(Fault fault, Instant now) {
        signs.watch();
        switch (fault) {
            case ENTRAPMENT -> {
                trap = true;
                hurry(now);
            }
            case DOOR_FAULT -> {
                jam = true;
                hurry(now);
            }
            case POWER_CUT -> cutPower(now);
            default -> {
                // Crew and terminal have the others.
            }
        }
    }

    @Override
    public void end(Fault fault, Instant now) {
        signs.rest();
        switch (fault) {
            case ENTRAPMENT -> {
                trap = false;
                if (phase == Phase.STUCK) {
                    come(now, Code.INSPECTION_MODE, null);
                    mode = "inspection_operation";
                    comeAfterRelease(now);
                }
            }
            case DOOR_FAULT -> {
                jam = false;
                if (phase == Phase.JAMMED) {
                    coming.clear();
                    come(now, Code.DOOR_CLOSE_FAULT, true);
                    backToNormal(now);
                    doorClosed = true;
                    passengers = 0;
                    loadKg = 0;
                    become(Phase.WAITING, now.plusSeconds(20));
                    lastStatus = now.minus(BEAT);
                }
            }
            case POWER_CUT -> restorePower(now);
            default -> {
                // Crew and terminal have the others.
            }
        }
    }

    @Override
    public List<Sign> signs() {
        return signs.all();
    }

    private void hurry(Instant now) {
        crewWaits = false;
        if (phase == Phase.INSPECTED || phase == Phase.WAITING) {
            phaseEnds = now;
        }
    }

    private void stopBetweenLandings(Instant now, Outlet out) {
        double covered = covered(secondsBetween(runBegan, now)) / METRES_PER_FLOOR;
        int floors = Math.max(1, Math.abs(to - from));
        int passed = Math.clamp((int) covered, 0, floors - 1);
        int step = to > from ? 1 : -1;
        int below = from + step * passed;
        from = Math.min(below, below + step);
        become(Phase.STUCK, Instant.MAX);
        report(now, out);
    }

    private void becomeTrapped(Instant now) {
        come(now.plusSeconds(2), Code.STOPPED_OUTSIDE_ZONE, false);
        Instant pressed = now.plusMillis(dice.whole(12_000, 28_000));
        come(pressed, Code.ALARM_BUTTON, null);
        come(now.plusSeconds(30), Code.ENTRAPMENT, false);
        come(pressed.plusMillis(dice.whole(60_000, 150_000)), Code.ALARM_BUTTON, null);
    }

    private void cutPower(Instant now) {
        power = false;
        trap = false;
        jam = false;
        crewWaits = false;
        come(now, Code.MAIN_POWER_OFF, false);
        boolean between = phase == Phase.RUNNING || phase == Phase.STUCK;
        if (between) {
            double covered = covered(secondsBetween(runBegan, now)) / METRES_PER_FLOOR;
            int floors = Math.max(1, Math.abs(to - from));
            int step = to > from ? 1 : -1;
            int below = from + step * Math.clamp((int) covered, 0, floors - 1);
            from = Math.min(below, below + step);
        }
        if (between && way.emergencyPower()) {
            mode = "emergency_power";
            come(now.plusSeconds(3), Code.EMERGENCY_POWER, null);
            become(Phase.RELEASED, now.plusSeconds(3));
            runBegan = now;
        } else if (between) {
            mode = "out_of_service";
            become(Phase.STUCK, Instant.MAX);
            if (passengers > 0) {
                becomeTrapped(now);
            }
        } else {
            mode = "out_of_service";
            // At a landing the door can be opened by hand: who is inside walks out.
            doorClosed = phase == Phase.WAITING;
            passengers = 0;
            loadKg = 0;
            become(Phase.DARK, Instant.MAX);
        }
        lastStatus = now.minus(BEAT);
    }

    private void restorePower(Instant now) {
        power = true;
        come(now, Code.MAIN_POWER_OFF, true);
        switch (phase) {
            case STUCK, RELEASED -> {
                mode = "inspection_operation";
                comeAfterRelease(now);
            }
            default -> {
                backToNormal(now);
                become(doorClosed ? Phase.CLOSED : Phase.OPEN, now.plusSeconds(5));
                destination = from;
            }
        }
        lastStatus = now.minus(BEAT);
    }

    /** The car is brought to the landing below and let go. */
    private void comeAfterRelease(Instant now) {
        coming.removeIf(event -> event.at().isAfter(now));
        runBegan = now;
        become(Phase.RELEASED, now.plusSeconds(2));
    }

    private void release(Instant now, Outlet out) {
        double seconds = METRES_PER_FLOOR / 2 / RESCUE_SPEED_MPS;
        if (secondsBetween(runBegan, now) < seconds) {
            become(Phase.RELEASED, runBegan.plusMillis(Math.round(seconds * 1000) + 1));
            report(now, out);
            return;
        }
        to = from;
        destination = from;
        doorClosed = false;
        if (mode.equals("inspection_operation")) {
            if (passengers > 0) {
                raise(new Coming(now, Code.ENTRAPMENT, true), out);
                raise(new Coming(now, Code.STOPPED_OUTSIDE_ZONE, true), out);
            }
            backToNormal(now.plusSeconds(20));
            mode = "normal";
            become(Phase.OPEN, now.plusSeconds(20));
        } else {
            mode = "out_of_service";
            become(Phase.DARK, Instant.MAX);
        }
        passengers = 0;
        loadKg = 0;
        report(now, out);
    }

    private void backToNormal(Instant at) {
        mode = "normal";
        come(at, Code.BACK_TO_AUTOMATIC, null);
    }

    // ---- reports ----

    private void come(Instant at, int code, @Nullable Boolean cleared) {
        coming.add(new Coming(at, code, cleared));
        coming.sort(Comparator.comparing(Coming::at));
    }

    private void become(Phase next, Instant ends) {
        phase = next;
        phaseEnds = ends;
    }

    private boolean betweenLandings() {
        return phase == Phase.STUCK || phase == Phase.RELEASED || phase == Phase.RUNNING;
    }

    private void raise(Coming event, Outlet out) {
        var payload = new Payload(eventStream)
                .set("code", event.code())
                .set("sequence", ++sequence)
                .set("car_position", way.shown(from))
                .set("service_mode", mode)
                .set("in_door_zone", !betweenLandings())
                .set("passenger_present", passengers > 0);
        Boolean cleared = event.cleared();
        if (cleared != null) {
            payload.set("cleared", cleared);
        }
        out.put(new Message(event.at(), code(), payload, true));
        signs.note("elevator-event", "code", event.code(), event.at());
    }

    private void report(Instant now, Outlet out) {
        // A status has no key beside its time: two in one millisecond would contradict each other.
        Instant at = now.isAfter(lastStatus) ? now : lastStatus.plusMillis(1);
        lastStatus = at;
        boolean running = phase == Phase.RUNNING || (phase == Phase.RELEASED && secondsBetween(runBegan, now) >= 1.9);
        double speed = 0;
        int position = from;
        if (phase == Phase.RUNNING) {
            double seconds = secondsBetween(runBegan, now);
            speed = speedAt(seconds) + dice.normal(0, 0.01);
            int passed = (int) Math.round(covered(seconds) / METRES_PER_FLOOR);
            position = from + (to > from ? passed : -passed);
            position = Math.clamp(position, Math.min(from, to), Math.max(from, to));
        } else if (running) {
            speed = RESCUE_SPEED_MPS;
        }
        String direction = !running ? "none" : phase == Phase.RUNNING && to > from ? "up" : "down";
        boolean between = betweenLandings();
        out.put(new Message(
                at,
                code(),
                new Payload(statusStream)
                        .set("service_mode", mode)
                        .set("car_running", running)
                        .set("car_direction", direction)
                        .set("car_position", way.shown(position))
                        .set("in_door_zone", !between)
                        .set("at_landing", !between)
                        .set("door_closed", doorClosed)
                        .set("passenger_present", passengers > 0)
                        .set("upper_limit_switch", false)
                        .set("lower_limit_switch", false)
                        .set("main_power_on", power)
                        .set("load_kg", Math.max(-5, loadKg + dice.normal(0, 1.5)), 1)
                        .set("speed_mps", Math.max(0, speed), 2)
                        .set("total_run_hours", runHours, 1)
                        .set("total_trips", trips),
                false));
        if (phase == Phase.STUCK) {
            signs.note("elevator-status", "in_door_zone", false, at);
        }
        if (phase == Phase.JAMMED) {
            signs.note("elevator-status", "door_closed", false, at);
        }
        if (!power) {
            signs.note("elevator-status", "main_power_on", false, at);
        }
    }

    // ---- the run's motion: steady acceleration, rated speed, steady braking ----

    private double travelSeconds(double metres) {
        double v = way.speedMps();
        double ramp = v * v / ACCELERATION;
        return metres >= ramp ? metres / v + v / ACCELERATION : 2 * Math.sqrt(metres / ACCELERATION);
    }

    private double speedAt(double seconds) {
        double whole = travelSeconds(Math.abs(to - from) * METRES_PER_FLOOR);
        double left = Math.max(0, whole - seconds);
        return Math.min(way.speedMps(), ACCELERATION * Math.min(seconds, left));
    }

    private double covered(double seconds) {
        double metres = Math.abs(to - from) * METRES_PER_FLOOR;
        double whole = travelSeconds(metres);
        double peak = Math.min(way.speedMps(), ACCELERATION * whole / 2);
        double ramp = peak / ACCELERATION;
        double s = Math.clamp(seconds, 0, whole);
        if (s < ramp) {
            return ACCELERATION * s * s / 2;
        }
        if (s <= whole - ramp) {
            return peak * ramp / 2 + peak * (s - ramp);
        }
        double left = whole - s;
        return metres - ACCELERATION * left * left / 2;
    }

    private static double secondsBetween(Instant a, Instant b) {
        return Duration.between(a, b).toMillis() / 1000.0;
    }
}
