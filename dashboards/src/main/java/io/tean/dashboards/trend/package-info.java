/**
 * The two inspection rates month by month: a year of them as a picture and as a table. What a rate is made of is {@code inspection}'s to say;
 * past months are read from the sums that are kept.
 */
@NullMarked
package io.tean.dashboards.trend;

import org.jspecify.annotations.NullMarked;
