package io.tean.simulators.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.simulators.signal.Dice;
import io.tean.simulators.signal.Payload;
import io.tean.simulators.signal.Walk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A gas-fired boiler. Demand draws steam or heat, the burner follows the pressure or the outlet temperature, the feed pump follows
 * the level, and the safety chain stops the burner. It reports every 15 seconds.
 */
public final class Boiler implements Machine {
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final double BEAT_SECONDS = 15;
    private static final int STEPS = 5;

    private static final double LOW_MM = 50;
    private static final double VERY_LOW_MM = 75;
    private static final double LOWEST_MM = -160;
    /** Part of the rated pressure at which the over-pressure alarm comes; the safety valve lifts a little later. */
    private static final double ALARM_PART = 1.02;

    private static final double VALVE_PART = 1.05;
    private static final double OUTLET_LIMIT_C = 98;
    private static final double GAS_MJ_PER_M3 = 35.5;
    private static final double MJ_PER_TONNE_OF_STEAM = 2550;

    private final BoilerTraits traits;
    private final StreamDeclaration stream;
    private final Dice dice;
    private final Walk appetite;
    private final Walk ambient;
    private final Signs signs = new Signs();
    private final boolean steam;
    private final double workingMpa;

    private Instant next;
    /** Steam: pressure of the drum. Hot water: pressure at the outlet. MPa. */
    private double pressureMpa;

    private double outletC = 80;
    private double levelMm;
    private double furnaceC = 700;
    private double firing;
    private double demandTph;
    private double feedTph;
    private boolean burnerOn;
    private boolean flame;
    private boolean lockedOut;
    private boolean power = true;
    private boolean pumpBroken;
    private boolean controlStuck;
    private boolean flameLost;

    public Boiler(BoilerTraits traits, StreamCatalogue catalogue, Instant start, Dice dice) {
        this.traits = traits;
        this.stream = catalogue.stream("boiler-status").orElseThrow();
        this.dice = dice;
        this.appetite = new Walk(dice, -0.15, 0.15, 600, 0.05);
        this.ambient = new Walk(dice, 8, 32, 14_400, 4);
        this.steam = traits.kind() == BoilerTraits.Kind.STEAM;
        this.workingMpa = traits.pressureMpa() * (steam ? 0.8 : 0.6);
        this.pressureMpa = workingMpa;
        this.firing = 0.5;
        this.burnerOn = true;
        this.flame = true;
        this.next = start.plusMillis(dice.whole(0, (int) BEAT.toMillis() - 1));
    }

    @Override
    public String code() {
        return traits.identity().code();
    }

    @Override
    public Instant next() {
        return next;
    }

    @Override
    public void act(Instant now, Outlet out) {
        double share = Math.clamp(0.2 + 0.6 * traits.demand().at(now) + appetite.after(BEAT_SECONDS), 0.05, 0.98);
        // Stuck control goes with a consumer that closes its valve: that is when pressure rises; a power cut stops most
        // consumers as well.
        demandTph = traits.capacityTph() * share * (!power ? 0.1 : controlStuck ? 0.4 : 1);
        double ambientC = ambient.after(BEAT_SECONDS);
        for (int i = 0; i < STEPS; i++) {
            control();
            step(BEAT_SECONDS / STEPS, ambientC);
        }
        report(now, ambientC, out);
        next = now.plus(BEAT);
    }

    /** Burner and safety chain. */
    private void control() {
        double set = steam ? workingMpa : 82;
        double is = steam ? pressureMpa : outletC;
        double band = steam ? 0.05 : 4;
        if (controlStuck) {
            burnerOn = true;
            firing = 1;
        } else if (is > set + band) {
            burnerOn = false;
        } else if (is < set - band || burnerOn) {
            burnerOn = true;
            firing = Math.clamp(
                    demandTph / traits.capacityTph() / 1.05 + 2.5 * (set - is) / (steam ? 0.2 : 20), 0.25, 1);
        }
        if (levelMm <= -VERY_LOW_MM) {
            // Only a person's reset lets it burn again.
            lockedOut = true;
        }
        if (lockedOut || !power) {
            burnerOn = false;
        }
        flame = burnerOn && !flameLost;
    }

    private void step(double seconds, double ambientC) {
        double capacity = traits.capacityTph();
        double heat = flame ? firing * 1.05 * capacity : 0;
        double drawn = demandTph;
        if (steam) {
            // Falling pressure drives less steam out.
            drawn = demandTph * Math.clamp(pressureMpa / (0.7 * workingMpa), 0, 1);
            pressureMpa += (heat - drawn) / capacity * 0.06 * seconds / 60;
            pressureMpa = Math.clamp(pressureMpa, 0, traits.pressureMpa() * VALVE_PART);
            double wanted = pumpBroken || !power ? 0 : drawn - levelMm / 40 * capacity;
            feedTph = Math.clamp(wanted, 0, 1.3 * capacity);
            // The drum's surface in square metres is about the boiler's capacity in t/h.
            levelMm += (feedTph - drawn) / capacity * 1000 / 3600 * seconds;
        } else {
            outletC += (heat - drawn * Math.clamp((outletC - ambientC) / 60, 0, 1.3)) / capacity * 1.6 * seconds / 60;
            outletC = Math.clamp(outletC, ambientC, 108);
            if (controlStuck) {
                // The expansion vessel is full: the water has nowhere to go.
                pressureMpa = Math.min(pressureMpa + 0.0006 * seconds, traits.pressureMpa() * VALVE_PART);
            } else if (pumpBroken) {
                pressureMpa = Math.max(0.02, pressureMpa - 0.0003 * seconds);
            } else {
                pressureMpa += (workingMpa - pressureMpa) * Math.min(1, seconds / 60);
            }
            feedTph = pumpBroken ? 0 : 0.01 * capacity;
            levelMm += pumpBroken ? -0.2 * seconds : -levelMm * Math.min(1, seconds / 120);
        }
        levelMm = Math.clamp(levelMm, LOWEST_MM, 120);
        double furnaceAim = flame ? 650 + 450 * firing : ambientC + 60;
        furnaceC += (furnaceAim - furnaceC) * Math.min(1, seconds / (flame ? 40 : 180));
    }

    private void report(Instant now, double ambientC, Outlet out) {
        double shownLevel = levelMm + dice.normal(0, 1.2);
        boolean low = shownLevel <= -LOW_MM;
        boolean veryLow = shownLevel <= -VERY_LOW_MM;
        boolean overPressure = pressureMpa >= traits.pressureMpa() * ALARM_PART;
        boolean overTemperature = !steam && outletC >= OUTLET_LIMIT_C;
        boolean flameFailure = burnerOn && flameLost;
        boolean alarm = low || overPressure || overTemperature || flameFailure || lockedOut;
        double gas = flame ? firing * traits.capacityTph() * MJ_PER_TONNE_OF_STEAM / GAS_MJ_PER_M3 / 0.93 : 0;
        double exhaust = flame ? 85 + 60 * firing : Math.max(ambientC, 40);
        var payload = new Payload(stream)
                .set("kind", traits.kind().name().toLowerCase(Locale.ROOT))
                .set("running", power && !lockedOut)
                .set("burner_on", burnerOn)
                .set("ignition", false)
                .set("blower_on", burnerOn)
                .set("very_low_water", veryLow)
                .set("low_water", low)
                .set("high_water", shownLevel >= LOW_MM)
                .set("very_high_water", shownLevel >= VERY_LOW_MM)
                .set("over_pressure", overPressure)
                .set("over_temperature", overTemperature)
                .set("hardness_alarm", false)
                .set("flame_failure", flameFailure)
                .set("general_alarm", alarm)
                .set("water_level_mm", shownLevel, 1)
                .set("exhaust_front_temperature_c", exhaust + 95 * firing + dice.normal(0, 1), 1)
                .set("exhaust_back_temperature_c", exhaust + dice.normal(0, 1), 1)
                .set("furnace_temperature_c", furnaceC + dice.normal(0, 4), 0)
                .set("furnace_pressure_pa", (flame ? -30 : -5) + dice.normal(0, 3), 0)
                .set("ambient_temperature_c", ambientC, 1)
                .set("air_flow_m3ph", gas * 11.3, 0)
                .set("fuel_kind", "natural_gas")
                .set("fuel_pressure_kpa", power ? dice.normal(12, 0.2) : 0, 1)
                .set("fuel_flow_m3ph", gas, 1)
                .set("fuel_heat_value_mjpm3", GAS_MJ_PER_M3, 1);
        if (flame) {
            payload.set("excess_air_ratio", dice.normal(1.18, 0.01), 2)
                    .set("heat_loss_q2_percent", (exhaust - ambientC) / 20, 1)
                    .set("heat_loss_q5_percent", 1.9, 1)
                    .set("efficiency_percent", 97.6 - (exhaust - ambientC) / 20 + dice.normal(0, 0.1), 1);
        }
        if (steam) {
            double bar = (pressureMpa + 0.1) * 10;
            payload.set("steam_pressure_mpa", pressureMpa + dice.normal(0, 0.001), 3)
                    .set("steam_temperature_c", 100 * Math.pow(bar, 0.25) + dice.normal(0, 0.3), 1)
                    .set("steam_flow_tph", drawnShown(), 2)
                    .set("feed_water_flow_tph", feedTph, 2)
                    .set("feed_water_cold_temperature_c", ambientC - 2 + dice.normal(0, 0.2), 1)
                    .set("feed_water_hot_temperature_c", (flame ? 96 : 70) + dice.normal(0, 0.5), 1)
                    .set("feed_water_cold_pressure_mpa", pumpBroken || !power ? 0.02 : dice.normal(0.3, 0.005), 2)
                    .set(
                            "feed_water_hot_pressure_mpa",
                            pumpBroken || !power ? 0.02 : traits.pressureMpa() * 1.15 + dice.normal(0, 0.01),
                            2);
        } else {
            double flow = power ? traits.capacityTph() * 25 : 0;
            double fall = 22 * demandTph / traits.capacityTph();
            payload.set("outlet_temperature_c", outletC + dice.normal(0, 0.2), 1)
                    .set("outlet_pressure_mpa", pressureMpa + dice.normal(0, 0.002), 3)
                    .set("outlet_flow_m3ph", flow + (power ? dice.normal(0, 0.5) : 0), 1)
                    .set("return_temperature_c", outletC - fall + dice.normal(0, 0.2), 1)
                    .set("return_pressure_mpa", Math.max(0, pressureMpa - 0.08), 3)
                    .set("return_flow_m3ph", flow * (pumpBroken ? 0.9 : 1), 1);
        }
        out.put(new Message(now, code(), payload, false));
        note("low_water", low, now);
        note("very_low_water", veryLow, now);
        note("over_pressure", overPressure, now);
        note("over_temperature", overTemperature, now);
        note("flame_failure", flameFailure, now);
        if (!power) {
            signs.note("boiler-status", "running", false, now);
        }
    }

    private double drawnShown() {
        double drawn = demandTph * Math.clamp(pressureMpa / (0.7 * workingMpa), 0, 1);
        return Math.max(0, drawn + dice.normal(0, 0.01));
    }

    private void note(String field, boolean alarm, Instant now) {
        if (alarm) {
            signs.note("boiler-status", field, true, now);
        }
    }

    @Override
    public void begin(Fault fault, Instant now) {
        signs.watch();
        set(fault, true);
    }

    @Override
    public void end(Fault fault, Instant now) {
        signs.rest();
        set(fault, false);
        // Whoever puts it right fills it up and resets the chain.
        lockedOut = false;
        levelMm = Math.max(levelMm, -LOW_MM + 5);
    }

    private void set(Fault fault, boolean on) {
        switch (fault) {
            case LOW_WATER -> pumpBroken = on;
            case OVER_PRESSURE -> controlStuck = on;
            case FLAME_FAILURE -> flameLost = on;
            case POWER_CUT -> power = !on;
            default -> {
                // The terminal has the others.
            }
        }
    }

    @Override
    public List<Sign> signs() {
        return signs.all();
    }
}
