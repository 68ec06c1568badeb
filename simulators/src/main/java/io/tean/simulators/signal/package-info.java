/**
 * What machines are made of: seeded dice, walks, a day's rhythm, and payloads that stay inside the declared ranges. Pure:
 * the same seed and the same instants give the same bytes.
 */
@NullMarked
package io.tean.simulators.signal;

import org.jspecify.annotations.NullMarked;
