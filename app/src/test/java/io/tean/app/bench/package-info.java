/**
 * Measures the spine against the limit that PostgreSQL itself sets, in one run on one machine: {@code bin/bench}.
 */
@NullMarked
package io.tean.app.bench;

import org.jspecify.annotations.NullMarked;
