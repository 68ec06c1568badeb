/**
 * What rescue platforms publish: the figures of a month or of any days, on a page, as a bulletin to print, and for programs. Reads
 * cases and the register, writes nothing; what counts as what is said in {@link io.tean.dashboards.figures.Counted} alone.
 */
@NullMarked
package io.tean.dashboards.figures;

import org.jspecify.annotations.NullMarked;
