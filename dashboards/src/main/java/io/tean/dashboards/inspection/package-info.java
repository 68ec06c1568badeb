/**
 * The two inspection rates on pages and in the API, as of any day: every number opens the list of machines behind it; what stands
 * between today and 100 %; reported months and what became of them. How the rates count is defined by the SQL functions of the
 * migrations, and nowhere here.
 */
@NullMarked
package io.tean.dashboards.inspection;

import org.jspecify.annotations.NullMarked;
