/**
 * How a meter is declared: name, kind, unit and meaning in one place, from which docs/meters.md is generated.
 */
@NullMarked
package io.tean.core.meter;

import org.jspecify.annotations.NullMarked;
