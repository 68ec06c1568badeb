/**
 * The status page: how the service does, from memory. One background reader asks the database; a request never waits for it.
 */
@NullMarked
package io.tean.dashboards.status;

import org.jspecify.annotations.NullMarked;
