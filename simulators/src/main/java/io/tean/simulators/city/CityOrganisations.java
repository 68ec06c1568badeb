package io.tean.simulators.city;

import io.tean.core.organisation.CreditCode;
import io.tean.simulators.fleet.FleetOrganisations;
import io.tean.simulators.fleet.Town;
import io.tean.simulators.fleet.Town.District;
import io.tean.simulators.signal.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The city's organisations, those of a fleet first, with codes and names of their own. */
final class CityOrganisations {
    private static final List<String> FIRST = List.of("沂", "蒙", "鲁", "泰", "宏", "安", "恒", "瑞", "金", "华");
    private static final List<String> SECOND = List.of("达", "盛", "通", "信", "源", "泽", "丰", "和", "诚", "捷");

    private final long seed;
    private final List<Organisation> all = new ArrayList<>();
    private final Map<String, List<Organisation>> choices = new HashMap<>();

    record Organisation(
            String creditCode, String kind, String name, String division, double latitude, double longitude) {}

    /** @param fleet whether the organisations of the fleets count among them */
    CityOrganisations(CityPlan plan, boolean fleet) {
        this.seed = plan.seed();
        if (fleet) {
            for (FleetOrganisations.Organisation known : FleetOrganisations.all()) {
                District district = Town.districts().stream()
                        .filter(d -> d.code().equals(known.division()))
                        .findFirst()
                        .orElseThrow();
                all.add(placed(known.creditCode(), known.kind(), known.name(), district));
            }
        }
        found("MAINTENANCE_FIRM", "91371300MD", plan.count(CityPart.MAINTENANCE_FIRMS), "电梯工程有限公司");
        found("FILLING_STATION", "91371300ME", plan.count(CityPart.FILLING_STATIONS), "液化气充装站");
        found("USE_UNIT", "91371300MF", plan.count(CityPart.USE_UNITS), "物业服务有限公司");
        found("INSPECTION_BODY", "12371300MG", plan.count(CityPart.INSPECTION_BODIES), "特种设备检验所");
        found("RESCUE_STATION", "91371300MH", plan.count(CityPart.RESCUE_STATIONS), "电梯应急救援站");
    }

    private void found(String kind, String prefix, int count, String trade) {
        int missing = count - of(kind).size();
        for (int i = 1; i <= missing; i++) {
            Dice dice = Dice.of(seed, kind + " " + i);
            // One of each district first, so that every machine finds a use unit near it.
            List<District> districts = Town.districts();
            District district = i <= districts.size() ? districts.get(i - 1) : Town.district(dice);
            String name = district.name()
                    + FIRST.get(i % FIRST.size())
                    + SECOND.get(i / FIRST.size() % SECOND.size())
                    + (i < FIRST.size() * SECOND.size() ? "" : "第" + i / (FIRST.size() * SECOND.size()))
                    + trade;
            all.add(placed(CreditCode.beginning(prefix + "%07d".formatted(i)).text(), kind, name, district));
        }
    }

    private Organisation placed(String code, String kind, String name, District district) {
        Dice dice = Dice.of(seed, "place " + code);
        return new Organisation(
                code,
                kind,
                name,
                district.code(),
                Town.round(district.latitude() + dice.between(-0.04, 0.04)),
                Town.round(district.longitude() + dice.between(-0.04, 0.04)));
    }

    /** All of a kind, in the order of the file. */
    List<Organisation> of(String kind) {
        return all.stream()
                .filter(organisation -> organisation.kind().equals(kind))
                .toList();
    }

    /** One of the kind in the division, or any of the kind when the division has none. */
    String near(String kind, String division, Dice dice) {
        return dice.pick(choices.computeIfAbsent(kind + division, k -> {
                    List<Organisation> near = of(kind).stream()
                            .filter(choice -> choice.division().equals(division))
                            .toList();
                    return near.isEmpty() ? of(kind) : near;
                }))
                .creditCode();
    }

    void write(Sheet sheet) {
        for (Organisation one : all) {
            Dice dice = Dice.of(seed, "contact " + one.creditCode());
            sheet.row(
                    one.creditCode(),
                    one.kind(),
                    one.name(),
                    one.division(),
                    People.name(dice),
                    People.telephone(dice),
                    one.latitude(),
                    one.longitude(),
                    one.kind().equals("RESCUE_STATION")
                            ? dice.pick(List.of("00:00-24:00", "00:00-24:00", "08:00-20:00"))
                            : "");
        }
    }
}
