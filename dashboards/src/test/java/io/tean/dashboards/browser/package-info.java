/**
 * A real browser for the tests of pages. Every page is looked at on the three screens, in both languages, and what the browser
 * complains of fails the test.
 */
@NullMarked
package io.tean.dashboards.browser;

import org.jspecify.annotations.NullMarked;
