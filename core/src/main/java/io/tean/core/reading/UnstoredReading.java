package io.tean.core.reading;

/**
 * A checked reading that waits for its commit.
 *
 * @param equipmentCode as it stood in the topic: without the database nothing else tells which machine it is
 */
public record UnstoredReading(Reading reading, String equipmentCode) {}
