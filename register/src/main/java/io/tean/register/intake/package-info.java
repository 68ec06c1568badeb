/**
 * How a file comes in and goes out: read a row at a time into a temporary table, checked there against what is registered, and taken in by
 * whole statements in one transaction. Called by commands and pages; what a kind of row becomes is said by its {@link Landing}. Owns import_run
 * and import_problem.
 */
@NullMarked
package io.tean.register.intake;

import org.jspecify.annotations.NullMarked;
