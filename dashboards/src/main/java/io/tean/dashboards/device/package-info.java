/** Devices on pages, as a file and in the API: who runs them, what they are bound to, when they were last heard. Changes nothing. */
@NullMarked
package io.tean.dashboards.device;

import org.jspecify.annotations.NullMarked;
