/**
 * What goes wrong on purpose: fault scripts, and the ground truth that they leave behind for judging the alerts.
 */
@NullMarked
package io.tean.simulators.scenario;

import org.jspecify.annotations.NullMarked;
