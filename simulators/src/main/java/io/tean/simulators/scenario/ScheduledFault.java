package io.tean.simulators.scenario;

import io.tean.simulators.machine.Fault;
import io.tean.simulators.machine.MachineKind;
import java.time.Duration;
import java.time.Instant;

/**
 * One fault of one machine, at instants of the simulated clock.
 *
 * @param shift by how much a wrong clock is ahead of the right one; zero for all other faults
 */
public record ScheduledFault(
        Fault fault, MachineKind kind, String equipmentCode, Instant begins, Instant ends, Duration shift) {}
