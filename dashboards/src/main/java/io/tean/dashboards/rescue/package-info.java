/**
 * Rescue as dispatchers see it: the board, the taking in of a call, the list of cases, each case with its next steps, and the map. What is
 * decided goes through core's port.
 */
@NullMarked
package io.tean.dashboards.rescue;

import org.jspecify.annotations.NullMarked;
