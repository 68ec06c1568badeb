/**
 * The reading as a value, and the port through which siblings follow readings into the database.
 */
@NullMarked
package io.tean.core.reading;

import org.jspecify.annotations.NullMarked;
