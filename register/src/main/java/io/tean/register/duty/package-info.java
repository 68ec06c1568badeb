/**
 * The duties as rows: which machine was due on which day, from when until when, and their counts by day. One keeper makes them from their inputs;
 * {@code dashboards} reads them.
 */
@org.jspecify.annotations.NullMarked
package io.tean.register.duty;
