/**
 * Payload bytes to checked readings, by the stream's declaration alone. Pure; bad input is a value.
 */
@NullMarked
package io.tean.ingest.decode;

import org.jspecify.annotations.NullMarked;
