package io.tean.simulators.city;

import java.util.List;

/**
 * A kind of machine other than elevators.
 *
 * @param word category of the register
 * @param types four digits of the catalogue
 * @param cycles of its inspections (domain 4 and 5); the first is the one that somebody forgets
 */
record OtherKind(String word, CityPart part, List<String> types, String title, List<Cycle> cycles) {
    private static final String PERIODIC = "PERIODIC_INSPECTION";
    private static final Cycle YEARLY_CHECK = new Cycle("YEARLY_CHECK", 12);

    static final List<OtherKind> ALL = List.of(
            new OtherKind(
                    "boiler",
                    CityPart.BOILERS,
                    List.of("1110", "1110", "1210"),
                    "工业锅炉",
                    List.of(new Cycle("EXTERNAL", 12), new Cycle("INTERNAL", 24), new Cycle("HYDROSTATIC_TEST", 72))),
            new OtherKind(
                    "pressure-vessel",
                    CityPart.PRESSURE_VESSELS,
                    List.of("2150", "2170"),
                    "储气罐",
                    List.of(new Cycle(PERIODIC, 72), YEARLY_CHECK)),
            new OtherKind(
                    "mobile-pressure-vessel",
                    CityPart.MOBILE_PRESSURE_VESSELS,
                    List.of("2220", "2240"),
                    "罐车",
                    List.of(new Cycle(PERIODIC, 60), YEARLY_CHECK, new Cycle("HYDROSTATIC_TEST", 72))),
            new OtherKind(
                    "crane", CityPart.CRANES, List.of("4110", "4170", "4210"), "起重机", List.of(new Cycle(PERIODIC, 24))),
            new OtherKind("forklift", CityPart.FORKLIFTS, List.of("5110"), "叉车", List.of(new Cycle(PERIODIC, 24))),
            new OtherKind(
                    "tourist-vehicle",
                    CityPart.TOURIST_VEHICLES,
                    List.of("5210", "5220"),
                    "观光车",
                    List.of(new Cycle(PERIODIC, 12))),
            new OtherKind(
                    "amusement-ride",
                    CityPart.AMUSEMENT_RIDES,
                    List.of("6100", "6200", "6400"),
                    "游乐设施",
                    List.of(new Cycle(PERIODIC, 12))),
            new OtherKind(
                    "passenger-ropeway",
                    CityPart.PASSENGER_ROPEWAYS,
                    List.of("9110", "9210"),
                    "客运索道",
                    List.of(new Cycle(PERIODIC, 36), YEARLY_CHECK)));

    /** @param months at most between two inspections of the kind, a multiple of 12 */
    record Cycle(String kind, int months) {}

    boolean isBoiler() {
        return part == CityPart.BOILERS;
    }
}
