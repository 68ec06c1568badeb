/**
 * What every page shares: languages and their words, rendering, style sheet and script, error pages. Called by the page families.
 */
@NullMarked
package io.tean.dashboards.screen;

import org.jspecify.annotations.NullMarked;
