/**
 * The city on one screen, for the wall of the bureau: what is connected, emergencies and their clocks, maintenance, both inspection rates and
 * today's fills, whole and by division. It reads what other pages read, by the same queries, and changes nothing.
 */
@NullMarked
package io.tean.dashboards.overview;

import org.jspecify.annotations.NullMarked;
