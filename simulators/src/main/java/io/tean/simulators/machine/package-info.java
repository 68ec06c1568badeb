/**
 * The simulated machines: each a small state machine that says when it acts next and what it publishes then. Pure: time is
 * given, chance is seeded, nothing here knows a network.
 */
@NullMarked
package io.tean.simulators.machine;

import org.jspecify.annotations.NullMarked;
