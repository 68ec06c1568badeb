package io.tean.simulators.machine;

/**
 * What makes one filling machine different from the next.
 *
 * @param stationCode unified social credit code of the filling station
 * @param guns filling guns of the machine
 * @param cylinders cylinders that go round between the station and its customers
 * @param tankKg what its storage tank holds when full, in kg
 */
public record FillingTraits(
        Identity identity, long seed, String device, String stationCode, int guns, int cylinders, double tankKg) {}
