/** Files that people send to be taken into the register. Implemented by {@code register}, asked by {@code dashboards}. */
@org.jspecify.annotations.NullMarked
package io.tean.core.intake;
