package io.tean.simulators.fleet;

import io.tean.simulators.signal.Dice;
import java.util.List;

/** The town that the invented machines stand in: districts of Linyi with their middles, and roads of any of them. */
public final class Town {
    private static final List<District> DISTRICTS = List.of(
            new District("371302", "兰山区", 35.05, 118.35),
            new District("371311", "罗庄区", 34.99, 118.28),
            new District("371312", "河东区", 35.09, 118.40),
            new District("371321", "沂南县", 35.55, 118.47),
            new District("371323", "沂水县", 35.79, 118.63),
            new District("371325", "费县", 35.27, 117.98),
            new District("371327", "莒南县", 35.17, 118.84));
    /** Most machines stand in the town's three districts. */
    private static final List<Integer> SHARES = List.of(0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6);

    private static final List<String> ROADS =
            List.of("沂蒙路", "金雀山路", "解放路", "北京路", "涑河街", "柳青街", "银雀山路", "蒙山大道", "滨河路", "通达路");

    private Town() {}

    /**
     * @param code six digits of GB/T 2260
     * @param latitude of its middle, degrees
     * @param longitude of its middle, degrees
     */
    public record District(String code, String name, double latitude, double longitude) {}

    /** The districts, those of the town itself first. */
    public static List<District> districts() {
        return DISTRICTS;
    }

    /** A district, by how many machines stand in it. */
    public static District district(Dice dice) {
        return DISTRICTS.get(dice.pick(SHARES));
    }

    public static String address(Dice dice, District district) {
        return "山东省临沂市" + district.name() + dice.pick(ROADS) + dice.whole(1, 388) + "号";
    }

    /** Degrees to a tenth of a metre. */
    public static double round(double degrees) {
        return Math.rint(degrees * 1e6) / 1e6;
    }
}
