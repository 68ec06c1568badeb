package io.tean.register.maintenance;

import java.time.Duration;

/**
 * Where evidence begins to be doubted; from the regulation book.
 *
 * @param metres between the machine and the place where the visit was recorded
 */
public record EvidenceLimits(Duration shortest, int fewestWorkers, int metres) {}
