/**
 * Pages that stay true while they are open: one stream of events to each browser tab, and the watch on the database that says what has
 * changed. An event carries a topic and never an id or a value: the page fetches anew what its viewer may see. Only an emergency that is
 * not stored yet carries what it says, for there is nothing to fetch.
 */
@NullMarked
package io.tean.dashboards.live;

import org.jspecify.annotations.NullMarked;
