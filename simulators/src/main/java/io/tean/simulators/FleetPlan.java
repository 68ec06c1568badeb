package io.tean.simulators;

/**
 * How large a fleet to make up.
 *
 * @param seed the same seed and numbers give the same fleet
 * @param gateways device logins that the machines share, by kind and firm; 0 gives each machine its own
 */
public record FleetPlan(long seed, int elevators, int boilers, int fillingMachines, int gateways) {
    public FleetPlan {
        atLeastZero("elevators", elevators);
        atLeastZero("boilers", boilers);
        atLeastZero("filling machines", fillingMachines);
        atLeastZero("gateways", gateways);
        if (elevators + boilers + fillingMachines == 0) {
            throw new IllegalArgumentException("a fleet needs at least one machine");
        }
    }

    private static void atLeastZero(String what, int number) {
        if (number < 0 || number > 99_999) {
            throw new IllegalArgumentException(
                    "the number of " + what + " is " + number + "; it must be from 0 to 99999");
        }
    }
}
