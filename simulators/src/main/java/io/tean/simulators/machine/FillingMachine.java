package io.tean.simulators.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.simulators.signal.DayRhythm;
import io.tean.simulators.signal.Dice;
import io.tean.simulators.signal.Payload;
import io.tean.simulators.signal.Walk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * A filling machine of an LPG station. It takes empty cylinders from a stock that goes round between station and customers,
 * checks, fills and re-weighs them, one each one to three minutes in working hours, as long as the tank holds.
 */
public final class FillingMachine implements Machine {
    private static final double WATER_VOLUME_LITRE = 35.5;
    private static final double RATED_KG = 14.5;
    private static final double TANK_RESERVE = 0.05;
    private static final List<String> USUAL_FAULTS =
            List.of("valve_loose", "fitting_damaged", "dented", "severe_corrosion", "colour_wrong");

    /** A cylinder of the stock. */
    private record Cylinder(String code, double tareKg) {}

    private final FillingTraits traits;
    private final StreamDeclaration stream;
    private final Dice dice;
    private final Walk ambient;
    private final Deque<Cylinder> empties = new ArrayDeque<>();
    private final Signs signs = new Signs();
    private double tankKg;
    private Instant next;
    private Instant last;
    private boolean power = true;
    private boolean overfills;
    private boolean blind;

    public FillingMachine(FillingTraits traits, StreamCatalogue catalogue, Instant start, Dice dice) {
        this.traits = traits;
        this.stream = catalogue.stream("cylinder-fill").orElseThrow();
        this.dice = dice;
        this.ambient = new Walk(dice, 2, 30, 14_400, 4);
        this.tankKg = traits.tankKg() * dice.between(0.5, 1);
        // The stock is the same in every run; where it stands in its round is not.
        Dice stock = Dice.of(traits.seed(), "stock");
        List<Cylinder> cylinders = new ArrayList<>();
        for (int i = 1; i <= traits.cylinders(); i++) {
            cylinders.add(new Cylinder(
                    "3713%06d%06d".formatted(Math.floorMod(traits.seed(), 1_000_000L), i), stock.normal(16.5, 0.25)));
        }
        int turn = dice.whole(0, cylinders.size() - 1);
        empties.addAll(cylinders.subList(turn, cylinders.size()));
        empties.addAll(cylinders.subList(0, turn));
        this.last = start;
        this.next = start.plusMillis(dice.whole(5_000, 120_000));
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
        double busy = DayRhythm.STATION.at(now);
        // A fault on purpose is worth overtime: a demonstration at night shows it as well.
        if (power && (busy > 0.05 || overfills || blind)) {
            if (tankKg < traits.tankKg() * TANK_RESERVE) {
                // The tanker comes and takes its time.
                tankKg = traits.tankKg() * dice.between(0.85, 0.95);
                next = now.plus(Duration.ofMinutes(dice.whole(30, 60)));
                return;
            }
            fill(now, out);
            // One to three minutes between fills; the busier, the shorter.
            double seconds = Math.clamp(dice.normal(180 - 110 * busy, 25), 60, 180);
            next = now.plusMillis(Math.round(seconds * 1000) + dice.whole(0, 999));
        } else {
            next = now.plusMillis(dice.whole(60_000, 180_000));
        }
    }

    private void fill(Instant now, Outlet out) {
        Cylinder cylinder = empties.removeFirst();
        empties.addLast(cylinder);
        double ambientC = ambient.after(Duration.between(last, now).toMillis() / 1000.0);
        last = now;
        boolean unfit = !blind && dice.chance(0.006);
        double tare = cylinder.tareKg() + dice.normal(0, 0.015);
        double residual = Math.clamp(dice.waiting(0.12), 0.02, 1.5);
        double net = RATED_KG - 0.12 + Math.clamp(dice.normal(0, 0.05), -0.25, 0.1);
        if (overfills) {
            net = RATED_KG + dice.between(1.2, 2.4);
        }
        if (unfit) {
            net = 0;
        }
        double seconds = unfit ? 0 : net / RATED_KG * dice.normal(76, 4);
        boolean over = net > RATED_KG;
        double gross = tare + residual + net;
        int gun = dice.whole(1, traits.guns());
        var payload = new Payload(stream)
                .set("filling_gun_id", "GUN-%02d".formatted(gun))
                .set("cylinder_code", cylinder.code())
                .set("station_code", traits.stationCode())
                .set("medium", "lpg")
                .set("filler_certificate_no", certificate(gun))
                .set("fill_checker_certificate_no", certificate(traits.guns() + 1))
                .set("started_at", now.minusMillis(Math.round(seconds * 1000)).toEpochMilli())
                .set("duration_s", seconds, 1)
                .set("water_volume_litre", WATER_VOLUME_LITRE, 1)
                .set("rated_fill_kg", RATED_KG, 2)
                .set("tare_kg", tare, 2)
                .set("residual_kg", residual, 2)
                .set("gross_kg", gross, 2)
                .set("net_fill_kg", net, 2)
                .set("residual_pressure_mpa", dice.between(0.05, 0.2), 2)
                .set("ambient_temperature_c", ambientC, 1)
                .set("vacuumed", false)
                .set("purged", false)
                .set("refused", unfit)
                .set("raw_scale_message", String.format(Locale.ROOT, "ST,GS,+%7.2fkg", gross));
        if (unfit) {
            payload.set("pre_check", "fail")
                    .set("pre_check_faults", List.of(dice.pick(USUAL_FAULTS)))
                    .set("post_check", "not_done")
                    .set("post_check_faults", List.of());
        } else {
            payload.set("reweigher_certificate_no", certificate(traits.guns() + 1))
                    .set("reweighed_kg", net + dice.normal(0, 0.01), 2)
                    .set("fill_pressure_mpa", 0.35 + 0.018 * ambientC + dice.normal(0, 0.01), 2)
                    .set("pre_check", blind ? "fail" : "pass")
                    .set("pre_check_faults", blind ? List.of("inspection_overdue") : List.of())
                    .set("post_check", over ? "fail" : "pass")
                    .set("post_check_faults", over ? List.of("overfill") : List.of());
            tankKg -= net;
        }
        out.put(new Message(now, code(), payload, true));
        if (over) {
            signs.note("cylinder-fill", "post_check_faults", "overfill", now);
        }
        if (blind) {
            signs.note("cylinder-fill", "pre_check_faults", "inspection_overdue", now);
        }
    }

    private String certificate(int person) {
        return "SIM-P-%04d-%02d".formatted(Math.floorMod(traits.seed(), 10_000L), person);
    }

    @Override
    public void begin(Fault fault, Instant now) {
        signs.watch();
        switch (fault) {
            case OVERFILL -> {
                overfills = true;
                hurry(now);
            }
            case EXPIRED_CYLINDER -> {
                blind = true;
                hurry(now);
            }
            case POWER_CUT -> power = false;
            default -> {
                // The terminal has the others.
            }
        }
    }

    private void hurry(Instant now) {
        Instant soon = now.plusMillis(dice.whole(5_000, 20_000));
        next = soon.isBefore(next) ? soon : next;
    }

    @Override
    public void end(Fault fault, Instant now) {
        signs.rest();
        switch (fault) {
            case OVERFILL -> overfills = false;
            case EXPIRED_CYLINDER -> blind = false;
            case POWER_CUT -> power = true;
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
