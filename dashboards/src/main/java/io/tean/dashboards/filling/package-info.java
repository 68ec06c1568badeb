/**
 * Cylinder filling: what each station filled, turned away and was flagged for, the fills behind every number, and all fills of one
 * cylinder. A fill belongs to the station that uses its filling machine, as the register says; what flags it are the findings of alert rules
 * on that very reading.
 */
@NullMarked
package io.tean.dashboards.filling;

import org.jspecify.annotations.NullMarked;
