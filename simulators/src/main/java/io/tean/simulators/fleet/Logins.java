package io.tean.simulators.fleet;

import io.tean.simulators.machine.MachineKind;
import java.util.Locale;

/**
 * Which device login a machine publishes by. With four gateways or more each kind has its own, and maintenance firms have theirs
 * for the visits; with fewer, machines share them whatever they are; with none, each machine has its own.
 *
 * @param shared logins that all kinds share
 * @param elevators logins of elevators only, and so on
 */
record Logins(int shared, int elevators, int boilers, int fillingMachines, int firms) {
    private static final int ENOUGH_FOR_EACH_STATION = 12;

    static Logins of(int gateways, int elevators, int boilers, int fillingMachines) {
        int kinds = (elevators > 0 ? 2 : 0) + (boilers > 0 ? 1 : 0) + (fillingMachines > 0 ? 1 : 0);
        if (gateways <= 0) {
            return new Logins(0, 0, 0, 0, 0);
        }
        if (gateways < Math.max(2, kinds)) {
            return new Logins(gateways, 0, 0, 0, 0);
        }
        int firms = elevators > 0 ? Math.clamp(gateways / 4, 1, FleetOrganisations.FIRMS.size()) : 0;
        int left = gateways - firms;
        int machines = elevators + boilers + fillingMachines;
        int ofBoilers = boilers > 0 ? Math.max(1, left * boilers / machines) : 0;
        // Where there are enough, no station is left without one.
        int stations = gateways < ENOUGH_FOR_EACH_STATION ? 1 : FleetOrganisations.STATIONS.size();
        int ofFillers = fillingMachines > 0 ? Math.max(stations, left * fillingMachines / machines) : 0;
        if (elevators > 0) {
            return new Logins(0, left - ofBoilers - ofFillers, ofBoilers, ofFillers, firms);
        }
        return boilers > 0 ? new Logins(0, 0, left - ofFillers, ofFillers, 0) : new Logins(0, 0, 0, left, 0);
    }

    String login(MachineKind kind, int number, String code) {
        int of = switch (kind) {
            case ELEVATOR -> elevators;
            case BOILER -> boilers;
            case FILLING_MACHINE -> fillingMachines;
        };
        if (shared > 0) {
            return numbered("gateway", number, shared);
        }
        return of > 0 ? numbered("gateway-" + kind.word(), number, of) : own(code);
    }

    /** The login by which the firm of an elevator publishes its visits. */
    String firm(int number, String code) {
        return firms > 0 ? numbered("firm", round(number), firms) : login(MachineKind.ELEVATOR, number, code);
    }

    /** Which maintenance firm looks after an elevator, from 1. */
    int firmNumber(int number) {
        int login = firms > 0 ? (round(number) - 1) % firms : round(number) - 1;
        return login % FleetOrganisations.FIRMS.size() + 1;
    }

    /** Which station a filling machine stands at, from 1. */
    int stationNumber(int number) {
        int login = fillingMachines > 0 ? (number - 1) % fillingMachines : number - 1;
        return login % FleetOrganisations.STATIONS.size() + 1;
    }

    /** An elevator counted by its gateway, so that all elevators of a gateway have the same firm. */
    private int round(int number) {
        int of = shared > 0 ? shared : elevators;
        return of > 0 ? (number - 1) % of + 1 : number;
    }

    private static String own(String code) {
        return "terminal-" + code.toLowerCase(Locale.ROOT);
    }

    private static String numbered(String name, int number, int of) {
        return "%s-%02d".formatted(name, (number - 1) % of + 1);
    }
}
