package io.tean.simulators.city;

import io.tean.simulators.city.Inspections.Subject;
import io.tean.simulators.city.OtherKind.Cycle;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetOrganisations;
import io.tean.simulators.fleet.Town;
import io.tean.simulators.fleet.Town.District;
import io.tean.simulators.machine.BoilerTraits;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.machine.MachineKind;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes boilers, vessels, cranes, vehicles, rides and ropeways with their inspections, and the filling machines of a fleet. */
final class OtherMachines {
    private static final List<String> YARDS = List.of("物流园", "钢材市场", "食品厂", "板材厂", "制药厂", "化工园", "热力站", "沂蒙山景区");
    private static final int HISTORY_YEARS = 6;

    private final CityPlan plan;
    private final CityOrganisations organisations;
    private final CityFiles files;
    private final Inspections inspections;

    OtherMachines(CityPlan plan, CityOrganisations organisations, CityFiles files, Inspections inspections) {
        this.plan = plan;
        this.organisations = organisations;
        this.files = files;
        this.inspections = inspections;
    }

    void write(Optional<Fleet> fleet) {
        Map<String, String> useUnits =
                fleet.map(known -> new FleetOrganisations(known).useUnits()).orElse(Map.of());
        List<Identity> boilers =
                fleet.map(known -> known.identities(MachineKind.BOILER)).orElse(List.of());
        for (OtherKind kind : OtherKind.ALL) {
            List<Identity> known = kind.isBoiler() ? boilers : List.of();
            int count = Math.max(plan.count(kind.part()), known.size());
            Fates fates = new Fates(Dice.of(plan.seed(), kind.word() + " fates"), count, false, (fate, i) -> true);
            fates.draw(EnumSet.range(Fate.SUSPENDED, Fate.DEREGISTERED));
            fates.draw(EnumSet.range(Fate.INSPECTION_NEVER_SUBMITTED, Fate.INSPECTION_AGREED));
            for (int i = 0; i < count; i++) {
                Optional<Identity> identity = i < known.size() ? Optional.of(known.get(i)) : Optional.empty();
                write(kind, i + 1, fates.of(i), identity, useUnits);
            }
        }
        for (Identity machine : fleet.map(known -> known.identities(MachineKind.FILLING_MACHINE))
                .orElse(List.of())) {
            Map<String, Object> cells = plate(machine, "filling-machine");
            cells.put("use_unit", useUnits.getOrDefault(machine.code(), ""));
            files.equipment().row(cells);
        }
    }

    private static Map<String, Object> plate(Identity identity, String category) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("code", identity.code());
        cells.put("category", category);
        cells.put("name", identity.name());
        cells.put("division_code", identity.division());
        cells.put("site_address", identity.address());
        return cells;
    }

    private void write(OtherKind kind, int number, Fate fate, Optional<Identity> known, Map<String, String> useUnits) {
        Dice dice = Dice.of(plan.seed(), kind.word() + " " + number);
        LocalDate inUseSince =
                LocalDate.of(dice.whole(2008, plan.day().getYear() - 3), 1, 1).plusDays(dice.whole(60, 300));
        District district = Town.district(dice);
        Identity identity = known.orElseGet(() -> identity(kind, number, district, inUseSince.getYear(), dice));
        String code = identity.code();
        String body = organisations.near("INSPECTION_BODY", identity.division(), dice);
        String type = code.substring(0, 4);
        Map<String, Object> cells = plate(identity, kind.word());
        cells.put("type_code", type);
        cells.put("catalogue", code.length() == 20 ? "old" : "2014");
        cells.put("latitude", Town.round(district.latitude() + dice.between(-0.05, 0.05)));
        cells.put("longitude", Town.round(district.longitude() + dice.between(-0.05, 0.05)));
        cells.put(
                "crowded_place", kind.part() == CityPart.AMUSEMENT_RIDES || kind.part() == CityPart.PASSENGER_ROPEWAYS);
        cells.put(
                "use_unit",
                Optional.ofNullable(useUnits.get(code))
                        .orElseGet(() -> organisations.near("USE_UNIT", identity.division(), dice)));
        cells.put("inspection_body", body);
        cells.put("factory_no", "F%08d".formatted(dice.whole(1, 99_999_999)));
        cells.put("made_on", inUseSince.minusDays(dice.whole(20, 59)));
        cells.put("in_use_since", inUseSince);
        cells.put("supervised_on", inUseSince.minusDays(10));
        String grade = parameters(kind, code, cells, dice);
        files.equipment().row(cells);

        LocalDate end = plan.day();
        if (fate.isOutOfUse()) {
            LocalDate since = plan.day().minusDays(dice.whole(30, 400));
            files.state(code, inUseSince, fate, since);
            end = since;
        }
        for (Cycle cycle : kind.cycles()) {
            var subject = new Subject(code, body, cycle.kind(), grade);
            if (fate.isInspectionOverdue() && cycle.equals(kind.cycles().getFirst())) {
                LocalDate dueOn = lateDueOn(dice);
                inspections.done(subject, dueOn.minusMonths(cycle.months()), dice);
                inspections.missed(subject, fate, dueOn, dice);
            } else {
                inTime(subject, cycle.months(), inUseSince, end, dice);
            }
        }
    }

    private Identity identity(OtherKind kind, int number, District district, int year, Dice dice) {
        String code = dice.pick(kind.types()) + "37" + dice.whole(201, 240) + year + "%05d".formatted(number);
        String yard = dice.pick(YARDS);
        return new Identity(
                code, yard + number + "号" + kind.title(), district.code(), Town.address(dice, district) + yard, "");
    }

    /** Fills in what the kind has, and returns the safety grade where it has one. */
    private static String parameters(OtherKind kind, String code, Map<String, Object> cells, Dice dice) {
        cells.put("design_life_years", 20);
        switch (kind.part()) {
            case BOILERS -> {
                boolean hot = code.startsWith("12");
                cells.put("rated_pressure_mpa", BoilerTraits.ratedMpa(code));
                cells.put(hot ? "rated_heat_mw" : "rated_steam_tph", dice.pick(List.of(1.0, 2.0, 4.0, 6.0, 10.0)));
                cells.put("water_volume_litre", dice.whole(20, 120) * 100);
                if (!hot) {
                    cells.put("max_safe_level_mm", 75);
                    cells.put("min_safe_level_mm", -75);
                }
            }
            case PRESSURE_VESSELS, MOBILE_PRESSURE_VESSELS -> {
                String grade = dice.chance(0.6) ? "1" : "2";
                cells.put("rated_pressure_mpa", dice.pick(List.of(0.8, 1.0, 1.6, 2.5)));
                cells.put("safety_grade", grade);
                return grade;
            }
            case CRANES -> cells.put("rated_load_kg", dice.pick(List.of(3200, 5000, 10_000, 20_000, 32_000)));
            case FORKLIFTS -> cells.put("rated_load_kg", dice.pick(List.of(1500, 2500, 3000, 5000)));
            default -> {}
        }
        return "";
    }

    /** The end of a month whose inspection some years before was on the same day, so that a cycle by the day and one by the month say the same. */
    private LocalDate lateDueOn(Dice dice) {
        List<LocalDate> ends = IntStream.rangeClosed(1, 6)
                .mapToObj(back -> YearMonth.from(plan.day()).minusMonths(back))
                .filter(month -> month.getMonth() != Month.FEBRUARY)
                .map(YearMonth::atEndOfMonth)
                .filter(dueOn -> LiftDates.isLately(dueOn, plan.day()))
                .toList();
        return dice.pick(ends);
    }

    /** Inspections with room to spare, the newest between three weeks and the cycle less two months before the end. */
    private void inTime(Subject subject, int months, LocalDate inUseSince, LocalDate end, Dice dice) {
        LocalDate on = end.minusDays(dice.whole(21, months * 30 - 60));
        LocalDate oldest = end.minusYears(HISTORY_YEARS);
        boolean isNewest = true;
        while (isNewest || (on.isAfter(oldest) && on.isAfter(inUseSince))) {
            inspections.done(subject, on.isAfter(inUseSince) ? on : inUseSince, dice);
            on = on.minusMonths(months).plusDays(dice.whole(5, 25));
            isNewest = false;
        }
    }
}
