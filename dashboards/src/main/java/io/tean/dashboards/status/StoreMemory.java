package io.tean.dashboards.status;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of the database.
 *
 * @param figures the last that were read
 * @param awaySince since when it has not answered; empty while it answers
 */
public record StoreMemory(Optional<StoredFigures> figures, Optional<Instant> awaySince) {}
