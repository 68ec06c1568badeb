/**
 * The door: one table of all routes with the rule of each, and the one way from a request through these rules to a handler and back.
 * Page families hand in handlers; nobody else mounts anything.
 */
@NullMarked
package io.tean.dashboards.route;

import org.jspecify.annotations.NullMarked;
