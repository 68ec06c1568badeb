/**
 * A device's message on its way: what it brought, who waits for the acknowledgement, what became of it.
 */
@NullMarked
package io.tean.ingest.arrival;

import org.jspecify.annotations.NullMarked;
