package io.tean.simulators.machine;

import io.tean.simulators.signal.Payload;
import java.time.Instant;

/**
 * A reading on its way out of a machine.
 *
 * @param time when it was measured, in whole milliseconds
 * @param event whether it must never be dropped: an event, a fill, a visit, but not a status that the next one replaces
 */
public record Message(Instant time, String equipmentCode, Payload payload, boolean event) {}
