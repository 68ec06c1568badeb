/**
 * Which machines there are: founding a fleet from a seed, and the files that hold it.
 */
@NullMarked
package io.tean.simulators.fleet;

import org.jspecify.annotations.NullMarked;
