/**
 * Device to checked reading to committed row to PUBACK: session, decode, lane, store, in this order. Writes readings, dead letters
 * and devices; knows no sibling.
 */
@NullMarked
package io.tean.ingest;

import org.jspecify.annotations.NullMarked;
