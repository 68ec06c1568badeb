package io.tean.simulators.fleet;

import io.tean.simulators.machine.BoilerTraits;
import io.tean.simulators.machine.ElevatorTraits;
import io.tean.simulators.machine.ElevatorTraits.Hoistway;
import io.tean.simulators.machine.ElevatorTraits.Traffic;
import io.tean.simulators.machine.ElevatorTraits.Upkeep;
import io.tean.simulators.machine.FillingTraits;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.machine.MachineKind;
import io.tean.simulators.signal.DayRhythm;
import io.tean.simulators.signal.Dice;
import java.util.ArrayList;
import java.util.List;

/** Makes up a city's machines from a seed: codes by the rules of the trade, places in Linyi, invented names. */
public final class FleetFounder {
    private static final List<String> ESTATES = List.of("阳光花园", "沂河新城", "锦绣家园", "金泰华府", "书香名邸", "滨河尚城", "凤凰花苑", "和谐家园");
    private static final List<String> OFFICES = List.of("环球中心", "商务大厦", "科技创业园", "金融大厦");
    private static final List<String> SHOPS = List.of("时代广场", "商贸城", "购物中心");
    private static final List<String> PLANTS = List.of("食品厂", "纺织厂", "板材厂", "制药厂", "热力站", "化工厂");

    private final long seed;
    private final Logins logins;

    private FleetFounder(long seed, Logins logins) {
        this.seed = seed;
        this.logins = logins;
    }

    /**
     * @param gateways device logins that the machines share; 0 gives each machine its own
     */
    public static Fleet found(long seed, int elevators, int boilers, int fillingMachines, int gateways) {
        var founder = new FleetFounder(seed, Logins.of(gateways, elevators, boilers, fillingMachines));
        List<ElevatorTraits> lifts = new ArrayList<>();
        for (int i = 1; i <= elevators; i++) {
            lifts.add(founder.elevator(i));
        }
        List<BoilerTraits> kettles = new ArrayList<>();
        for (int i = 1; i <= boilers; i++) {
            kettles.add(founder.boiler(i));
        }
        List<FillingTraits> fillers = new ArrayList<>();
        for (int i = 1; i <= fillingMachines; i++) {
            fillers.add(founder.fillingMachine(i));
        }
        return new Fleet(seed, lifts, kettles, fillers);
    }

    private Dice dice(MachineKind kind, int number) {
        return Dice.of(seed, kind.word() + " " + number);
    }

    private ElevatorTraits elevator(int number) {
        Dice dice = dice(MachineKind.ELEVATOR, number);
        Town.District district = Town.district(dice);
        DayRhythm rhythm = dice.pick(List.of(
                DayRhythm.RESIDENTIAL,
                DayRhythm.RESIDENTIAL,
                DayRhythm.RESIDENTIAL,
                DayRhythm.OFFICE,
                DayRhythm.HOSPITAL,
                DayRhythm.SHOPPING));
        boolean tall = rhythm == DayRhythm.RESIDENTIAL || rhythm == DayRhythm.OFFICE;
        String place = switch (rhythm) {
            case RESIDENTIAL -> dice.pick(ESTATES) + dice.whole(1, 30) + "号楼" + dice.whole(1, 3) + "单元";
            case OFFICE -> dice.pick(OFFICES) + dice.pick(List.of("A座", "B座", "主楼"));
            case HOSPITAL -> district.name() + "人民医院" + dice.pick(List.of("门诊楼", "住院楼"));
            default -> dice.pick(SHOPS);
        };
        int floors = tall ? dice.whole(6, 30) : dice.whole(4, 12);
        String code = elevatorCode(dice, district, number);
        var identity = new Identity(
                code,
                place + number + "号梯",
                district.code(),
                Town.address(dice, district) + place,
                "%06d".formatted(310_000 + number));
        var hoistway = new Hoistway(
                dice.whole(0, 2),
                floors,
                floors > 20 ? 2.5 : floors > 10 ? 1.75 : 1.0,
                dice.pick(List.of(630.0, 800.0, 1000.0, 1250.0, 1600.0)),
                dice.chance(0.5));
        var upkeep = new Upkeep(
                logins.firm(number, code),
                FleetOrganisations.FIRMS.get(logins.firmNumber(number) - 1).creditCode(),
                Town.round(district.latitude() + dice.between(-0.03, 0.03)),
                Town.round(district.longitude() + dice.between(-0.03, 0.03)));
        return new ElevatorTraits(
                identity,
                dice.any(),
                logins.login(MachineKind.ELEVATOR, number, code),
                hoistway,
                new Traffic(rhythm, dice.whole(120, 480)),
                upkeep);
    }

    /** Before 2014 a registration code of 20 digits, since then an equipment code of 18 characters. */
    private static String elevatorCode(Dice dice, Town.District district, int number) {
        return code(dice, "3110", district, number);
    }

    private static String code(Dice dice, String catalogue, Town.District district, int number) {
        int year = dice.whole(2008, 2024);
        return year < 2014
                ? catalogue
                        + district.code()
                        + year
                        + "%02d".formatted(dice.whole(1, 12))
                        + "%04d".formatted(number % 10_000)
                : catalogue + "37" + "%03d".formatted(dice.whole(101, 140)) + year + "%05d".formatted(number);
    }

    private BoilerTraits boiler(int number) {
        Dice dice = dice(MachineKind.BOILER, number);
        Town.District district = Town.district(dice);
        boolean steam = dice.chance(0.7);
        String code = code(dice, steam ? "1110" : "1210", district, number);
        String place = district.name() + dice.pick(PLANTS);
        var identity = new Identity(
                code,
                place + number + "号" + (steam ? "蒸汽锅炉" : "热水锅炉"),
                district.code(),
                Town.address(dice, district) + place,
                "");
        return new BoilerTraits(
                identity,
                dice.any(),
                logins.login(MachineKind.BOILER, number, code),
                steam ? BoilerTraits.Kind.STEAM : BoilerTraits.Kind.HOT_WATER,
                dice.pick(List.of(1.0, 2.0, 4.0, 6.0, 10.0)),
                BoilerTraits.ratedMpa(code),
                dice.pick(List.of(DayRhythm.TWO_SHIFT, DayRhythm.ROUND_THE_CLOCK)));
    }

    private FillingTraits fillingMachine(int number) {
        Dice dice = dice(MachineKind.FILLING_MACHINE, number);
        Town.District district = Town.district(dice);
        String code = "FM-%s-%04d".formatted(district.code(), number);
        String place = district.name() + "液化气站";
        var identity =
                new Identity(code, place + number + "号充装机", district.code(), Town.address(dice, district) + place, "");
        return new FillingTraits(
                identity,
                dice.any(),
                logins.login(MachineKind.FILLING_MACHINE, number, code),
                FleetOrganisations.STATIONS
                        .get(logins.stationNumber(number) - 1)
                        .creditCode(),
                dice.whole(2, 6),
                dice.whole(800, 2500),
                dice.pick(List.of(20_000.0, 30_000.0, 50_000.0)));
    }
}
