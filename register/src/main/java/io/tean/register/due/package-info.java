/**
 * What falls due and when: a pure function of the regulation book, a machine and its history. Called by the duty keeper and by the pages of one
 * machine; no clock, no database.
 */
@org.jspecify.annotations.NullMarked
package io.tean.register.due;
