package io.tean.simulators.city;

import io.tean.simulators.city.CityOrganisations.Organisation;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.List;

/** Writes the cylinders of the filling stations, most of them bottles of liquefied petroleum gas; some are past their inspection or their life. */
final class CylinderStock {
    private static final double PAST_INSPECTION = 0.02;
    private static final double PAST_SCRAP = 0.005;
    private static final int MONTH_DAYS = 30;
    private static final int LPG_INSPECTION_MONTHS = 48;
    private static final int LPG_LIFE_YEARS = 8;
    private static final int STEEL_LIFE_YEARS = 30;
    /** Gases of steel cylinders are inspected every three years, inert ones less often. */
    private static final int STEEL_SAFE_MONTHS = 33;

    private static final List<Bottle> LPG = List.of(
            new Bottle("LPG", "3", "lpg", 35.5, 16.5, 14.9),
            new Bottle("LPG", "3", "lpg", 35.5, 16.5, 14.9),
            new Bottle("LPG", "3", "lpg", 11.8, 6.5, 5),
            new Bottle("LPG", "3", "lpg", 118, 47, 49.5));
    private static final List<Bottle> STEEL = List.of(
            new Bottle("SEAMLESS", "1", "oxygen", 40, 48, 0),
            new Bottle("SEAMLESS", "1", "nitrogen", 40, 48, 0),
            new Bottle("SEAMLESS", "1", "argon", 40, 48, 0),
            new Bottle("DISSOLVED_ACETYLENE", "4", "acetylene", 40, 55, 5));

    private final CityPlan plan;
    private final Sheet sheet;
    private final Truth truth;

    /** @param variety first digit of the code (TSG R5001) */
    private record Bottle(
            String type, String variety, String medium, double volumeLitre, double tareKg, double ratedFillKg) {}

    CylinderStock(CityPlan plan, Sheet sheet, Truth truth) {
        this.plan = plan;
        this.sheet = sheet;
        this.truth = truth;
    }

    void write(List<Organisation> stations) {
        Dice dice = Dice.of(plan.seed(), "cylinders");
        int count = plan.count(CityPart.CYLINDERS);
        for (int i = 0; i < count; i++) {
            int station = i % stations.size();
            // Whatever the size, the first two show what can be wrong.
            boolean pastInspection = i == 0 || dice.chance(PAST_INSPECTION);
            boolean pastScrap = !pastInspection && (i == 1 || dice.chance(PAST_SCRAP));
            boolean lpg = pastInspection || pastScrap || dice.chance(0.85);
            Bottle bottle = dice.pick(lpg ? LPG : STEEL);
            String code = bottle.variety() + "37%03d%07d".formatted(station + 1, i / stations.size() + 1);
            LocalDate made;
            LocalDate inspected;
            if (pastScrap) {
                made = plan.day().minusYears(LPG_LIFE_YEARS).minusDays(dice.whole(10, 1000));
                inspected = monthsAgo(dice, 2, LPG_INSPECTION_MONTHS - 12);
            } else if (pastInspection) {
                inspected = monthsAgo(dice, LPG_INSPECTION_MONTHS + 2, LPG_INSPECTION_MONTHS + 18);
                made = inspected.minusDays(dice.whole(30, 300));
            } else if (lpg) {
                inspected = monthsAgo(dice, 1, LPG_INSPECTION_MONTHS - 3);
                made = inspected.minusDays(dice.whole(30, 1200));
            } else {
                inspected = monthsAgo(dice, 1, STEEL_SAFE_MONTHS);
                made = inspected.minusDays(dice.whole(30, 5000));
            }
            LocalDate scrap = made.plusYears(lpg ? LPG_LIFE_YEARS : STEEL_LIFE_YEARS);
            sheet.row(
                    code,
                    bottle.type(),
                    bottle.medium(),
                    bottle.volumeLitre(),
                    Math.round(dice.normal(bottle.tareKg(), 0.3) * 10) / 10.0,
                    bottle.ratedFillKg() > 0 ? bottle.ratedFillKg() : "",
                    made,
                    inspected,
                    scrap,
                    stations.get(station).creditCode(),
                    dice.chance(0.9) ? "OWN" : "ENTRUSTED",
                    "IN_USE");
            if (pastInspection) {
                truth.tell("cylinder-inspection-overdue", "cylinder_code", code, "last_inspected_on", inspected);
            } else if (pastScrap) {
                truth.tell("cylinder-past-scrap", "cylinder_code", code, "scrap_on", scrap);
            }
        }
    }

    private LocalDate monthsAgo(Dice dice, int least, int most) {
        return plan.day().minusDays(dice.whole(least * MONTH_DAYS, most * MONTH_DAYS));
    }
}
