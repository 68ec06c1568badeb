/**
 * How maintenance firms score in a month (维保单位评价), by tables of rules that are data: {@code score/tables/*.yaml}. The facts come from
 * a closed catalogue, {@link io.tean.dashboards.score.Measure}; every point can be traced to the events that gave or took it. Writes nothing.
 */
@NullMarked
package io.tean.dashboards.score;

import org.jspecify.annotations.NullMarked;
