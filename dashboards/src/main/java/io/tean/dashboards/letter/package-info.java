/**
 * Dead letters on pages, as a file and in the API: what was not stored and why, its very bytes, and the administrator's decision, which
 * goes through core's port.
 */
@NullMarked
package io.tean.dashboards.letter;

import org.jspecify.annotations.NullMarked;
