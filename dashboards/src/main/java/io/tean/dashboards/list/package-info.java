/** How every list pages, sorts, searches and is exported: alike on pages and in the API. Used by the page families. */
@NullMarked
package io.tean.dashboards.list;

import org.jspecify.annotations.NullMarked;
