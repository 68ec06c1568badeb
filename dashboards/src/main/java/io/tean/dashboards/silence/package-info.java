/**
 * Silences on pages and in the API: whose alerts call nobody, until when and why. They are added and ended through core's port. The alert
 * pages say of an alert which one is in force for it.
 */
@NullMarked
package io.tean.dashboards.silence;

import org.jspecify.annotations.NullMarked;
