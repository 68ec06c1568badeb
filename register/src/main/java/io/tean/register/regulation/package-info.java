/**
 * The regulation book: what law and rules ask for, as data with clause, source, mark, version and days of effect. Read by everything that counts
 * days; says nothing of any one machine.
 */
@NullMarked
package io.tean.register.regulation;

import org.jspecify.annotations.NullMarked;
