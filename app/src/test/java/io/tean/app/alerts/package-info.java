/**
 * A day of a city, played faster than it passes, whose faults are known beforehand: what the service makes of it is compared with
 * them. Short in {@code AlertsIT}, long in {@code bin/bench alerts}.
 */
@NullMarked
package io.tean.app.alerts;

import org.jspecify.annotations.NullMarked;
