/**
 * Alerts and silences on pages, as files and in the API: what is wrong and how bad, the rule that says so, the readings that it saw, and
 * the steps that people take, which go through core's port.
 */
@NullMarked
package io.tean.dashboards.alert;

import org.jspecify.annotations.NullMarked;
