/** Maintenance visits in the house's words, and what people may do about them. Implemented by {@code register}, asked by {@code dashboards}. */
@org.jspecify.annotations.NullMarked
package io.tean.core.maintenance;
