/** Rules that are a query, asked again and again: what it lists has an open alert, what it no longer lists has recovered. */
@NullMarked
package io.tean.alerting.sweep;

import org.jspecify.annotations.NullMarked;
