/**
 * Streams as data: the YAML catalogue, and all that is derived from it alone: checks, columns, the binary COPY
 * tuple, JSON Schema and reference text. Pure: no Vert.x, no JDBC, no clock.
 */
@NullMarked
package io.tean.core.stream;

import org.jspecify.annotations.NullMarked;
