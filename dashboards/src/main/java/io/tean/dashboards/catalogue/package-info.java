/**
 * What Tean goes by and what it does of itself: the alert rules, the regulation book and the recurring jobs, for people and for programs. Rules and
 * regulations are text that other modules hand over through ports of core; nothing here changes anything.
 */
@NullMarked
package io.tean.dashboards.catalogue;

import org.jspecify.annotations.NullMarked;
