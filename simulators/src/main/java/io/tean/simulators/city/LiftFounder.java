package io.tean.simulators.city;

import io.tean.simulators.city.CityOrganisations.Organisation;
import io.tean.simulators.city.Lift.Plate;
import io.tean.simulators.fleet.Fleet;
import io.tean.simulators.fleet.FleetOrganisations;
import io.tean.simulators.fleet.Town;
import io.tean.simulators.fleet.Town.District;
import io.tean.simulators.machine.ElevatorTraits;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes up the elevators, crew by crew: those of a crew stand in one neighbourhood. */
final class LiftFounder {
    private static final int FIRST_YEAR = 2008;
    private static final int NEW_CATALOGUE = 2014;
    private static final int OLD_CODES = 60_000;
    private static final int YOUNGEST_MONTHS = 26;
    private static final List<String> ESTATES =
            List.of("东方花园", "沂龙湾", "府右华庭", "鲁商中心", "兰亭雅苑", "银盛泰", "上海花园", "桃源国际", "澜泊湾", "颐和苑");
    private static final List<String> HALLS = List.of("万象汇", "高铁站", "百货大楼", "国际博览中心", "地下商城");

    private final CityPlan plan;
    private final CityOrganisations organisations;
    private final List<Crew> crews = new ArrayList<>();
    private final List<Lift> lifts = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    LiftFounder(CityPlan plan, CityOrganisations organisations) {
        this.plan = plan;
        this.organisations = organisations;
    }

    List<Crew> crews() {
        return crews;
    }

    List<Lift> lifts() {
        return lifts;
    }

    private Crew crew(String firm) {
        Crew crew = Crew.of(plan.seed(), plan.day(), crews.size() + 1, firm);
        crews.add(crew);
        return crew;
    }

    /** The fleet's elevators by firm and division, so that no crew has to cross the country. */
    void takeIn(Fleet fleet) {
        Map<String, String> useUnits = new FleetOrganisations(fleet).useUnits();
        Map<String, List<ElevatorTraits>> rounds = new TreeMap<>();
        for (ElevatorTraits traits : fleet.elevators()) {
            String round = traits.upkeep().firmCode() + traits.identity().division();
            rounds.computeIfAbsent(round, r -> new ArrayList<>()).add(traits);
        }
        for (List<ElevatorTraits> round : rounds.values()) {
            for (int i = 0; i < round.size(); i++) {
                ElevatorTraits traits = round.get(i);
                if (i % Crew.MACHINES == 0) {
                    crew(traits.upkeep().firmCode());
                }
                Identity identity = traits.identity();
                String code = identity.code();
                taken.add(code);
                Dice dice = Dice.of(plan.seed(), "lift " + code);
                boolean old = code.length() == 20;
                int year = Integer.parseInt(old ? code.substring(10, 14) : code.substring(9, 13));
                lifts.add(new Lift(
                        new Plate(
                                code, identity.name(), identity.division(), identity.address(), identity.rescueCode()),
                        code.substring(0, 4),
                        old ? "old" : "2014",
                        traits.upkeep().latitude(),
                        traits.upkeep().longitude(),
                        useUnits.getOrDefault(code, ""),
                        organisations.near("INSPECTION_BODY", identity.division(), dice),
                        supervisedOn(year, dice),
                        crews.getLast(),
                        i % Crew.MACHINES));
            }
        }
    }

    /** As many as the plan still wants. */
    void makeUp() {
        int count = plan.count(CityPart.ELEVATORS) - lifts.size();
        List<Organisation> firms = organisations.of("MAINTENANCE_FIRM");
        int rounds = Math.max((count + Crew.MACHINES - 1) / Crew.MACHINES, Math.min(count, firms.size()));
        int number = 0;
        for (int round = 0; round < rounds; round++) {
            Dice dice = Dice.of(plan.seed(), "round " + round);
            // Every firm has a round; of the others the first firms have most.
            int firm = round < firms.size() ? round : dice.whole(0, dice.whole(0, firms.size() - 1));
            Crew crew = crew(firms.get(firm).creditCode());
            District district = Town.district(dice);
            double latitude = district.latitude() + dice.between(-0.04, 0.04);
            double longitude = district.longitude() + dice.between(-0.04, 0.04);
            int until = (int) ((round + 1L) * count / rounds);
            for (int place = 0; number < until; place++) {
                lifts.add(lift(++number, crew, place, district, latitude, longitude));
            }
        }
    }

    private Lift lift(int number, Crew crew, int place, District district, double latitude, double longitude) {
        Dice dice = Dice.of(plan.seed(), "lift " + number);
        // The newer, the more.
        int newest = plan.day().getYear() - 3;
        int year = dice.whole(dice.whole(FIRST_YEAR, newest), newest);
        boolean old = year < NEW_CATALOGUE && number < OLD_CODES;
        String type = old
                ? dice.pick(List.of("3110", "3110", "3110", "3110", "3110", "3110", "3110", "3210", "3500", "3600"))
                : dice.pick(List.of("3110", "3110", "3110", "3110", "3110", "3110", "3110", "3120", "3310", "3420"));
        String registration = type
                + district.code()
                + year
                + "%02d%04d".formatted(1 + number / 10_000 + 6 * dice.whole(0, 1), number % 10_000);
        old = old && !taken.contains(registration);
        String catalogue = old ? "old" : "2014";
        String code = old
                ? registration
                : type + "37" + "%03d".formatted(dice.whole(201, 240)) + year + "%05d".formatted(number);
        boolean moving = List.of("3310", "3500", "3600").contains(type);
        String site =
                moving ? dice.pick(HALLS) : ESTATES.get((number / 8) % ESTATES.size()) + (number / 2 % 30 + 1) + "号楼";
        // An estate has one use unit, and a crew a few estates.
        Dice estate = Dice.of(plan.seed(), "estate " + crew.number() + " " + place / 8);
        return new Lift(
                new Plate(
                        code,
                        site + number + (moving ? "号扶梯" : "号梯"),
                        district.code(),
                        Town.address(dice, district) + site,
                        moving ? "" : "%06d".formatted(400_000 + number)),
                type,
                catalogue,
                Town.round(latitude + dice.between(-0.008, 0.008)),
                Town.round(longitude + dice.between(-0.008, 0.008)),
                organisations.near("USE_UNIT", district.code(), estate),
                organisations.near("INSPECTION_BODY", district.code(), dice),
                supervisedOn(year, dice),
                crew,
                place);
    }

    /** Some months after it was made, and long enough ago for the whole history. */
    private LocalDate supervisedOn(int year, Dice dice) {
        LocalDate day = LocalDate.of(year, 1, 1).plusDays(dice.whole(60, 500));
        LocalDate latest = plan.day().minusMonths(YOUNGEST_MONTHS);
        return day.isBefore(latest) ? day : latest.minusDays(dice.whole(0, 60));
    }
}
