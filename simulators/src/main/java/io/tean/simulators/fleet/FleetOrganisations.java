package io.tean.simulators.fleet;

import io.tean.core.organisation.CreditCode;
import io.tean.simulators.machine.BoilerTraits;
import io.tean.simulators.machine.FillingTraits;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.signal.Dice;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Invented organisations of the town, always the same ones, and which of them a fleet's machines and devices belong to. */
public final class FleetOrganisations {
    static final List<Organisation> FIRMS = List.of(
            organisation("MA", 1, "MAINTENANCE_FIRM", "临沂宏升电梯维保有限公司", "371302"),
            organisation("MA", 2, "MAINTENANCE_FIRM", "沂蒙安达电梯工程有限公司", "371302"),
            organisation("MA", 3, "MAINTENANCE_FIRM", "罗庄恒通特种设备维修有限公司", "371311"),
            organisation("MA", 4, "MAINTENANCE_FIRM", "河东顺捷机电设备有限公司", "371312"));
    static final List<Organisation> STATIONS = List.of(
            organisation("MB", 1, "FILLING_STATION", "兰山中心液化气充装站", "371302"),
            organisation("MB", 2, "FILLING_STATION", "河东东郊液化气充装站", "371312"));
    private static final List<Organisation> USE_UNITS = List.of(
            organisation("MC", 1, "USE_UNIT", "沂河新城物业服务有限公司", "371302"),
            organisation("MC", 2, "USE_UNIT", "环球中心商业管理有限公司", "371302"),
            organisation("MC", 3, "USE_UNIT", "金雀山供热有限公司", "371302"),
            organisation("MC", 4, "USE_UNIT", "锦绣家园物业服务有限公司", "371311"),
            organisation("MC", 5, "USE_UNIT", "罗庄纺织集团有限公司", "371311"),
            organisation("MC", 6, "USE_UNIT", "滨河尚城物业服务有限公司", "371312"),
            organisation("MC", 7, "USE_UNIT", "河东食品工业有限公司", "371312"));

    private final Fleet fleet;

    public FleetOrganisations(Fleet fleet) {
        this.fleet = fleet;
    }

    /** An organisation as the register takes it in. */
    public record Organisation(String creditCode, String kind, String name, String division) {}

    private static Organisation organisation(String office, int number, String kind, String name, String division) {
        String code = CreditCode.beginning("91371300" + office + "%07d".formatted(number))
                .text();
        return new Organisation(code, kind, name, division);
    }

    /** All of them, whether a machine is theirs or not. */
    public static List<Organisation> all() {
        return Stream.of(FIRMS, STATIONS, USE_UNITS).flatMap(List::stream).toList();
    }

    /** The use unit of every machine by its code; a filling machine is used by its station. */
    public Map<String, String> useUnits() {
        Map<String, String> useUnits = new TreeMap<>();
        fleet.elevators().forEach(lift -> useUnits.put(lift.identity().code(), useUnit(lift.identity())));
        fleet.boilers().forEach(boiler -> useUnits.put(boiler.identity().code(), useUnit(boiler.identity())));
        fleet.fillingMachines()
                .forEach(machine -> useUnits.put(machine.identity().code(), machine.stationCode()));
        return useUnits;
    }

    /** One of the machine's district; in a district that has none, any. */
    private String useUnit(Identity identity) {
        List<Organisation> near = USE_UNITS.stream()
                .filter(unit -> unit.division().equals(identity.division()))
                .toList();
        return Dice.of(fleet.seed(), "use unit " + identity.code())
                .pick(near.isEmpty() ? USE_UNITS : near)
                .creditCode();
    }

    /** Who runs which device: the firm that looks after its elevators, the station that it fills for, or else one of the firms. */
    SequencedMap<String, String> operators() {
        TreeMap<String, String> operators = new TreeMap<>();
        fleet.elevators().forEach(lift -> {
            operators.putIfAbsent(lift.upkeep().device(), lift.upkeep().firmCode());
            operators.putIfAbsent(lift.device(), lift.upkeep().firmCode());
        });
        for (FillingTraits machine : fleet.fillingMachines()) {
            operators.putIfAbsent(machine.device(), machine.stationCode());
        }
        for (BoilerTraits boiler : fleet.boilers()) {
            operators.computeIfAbsent(
                    boiler.device(),
                    device -> Dice.of(fleet.seed(), "operator " + device)
                            .pick(FIRMS)
                            .creditCode());
        }
        return operators;
    }
}
