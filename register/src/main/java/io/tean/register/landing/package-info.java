/** What the rows of each sheet become: the tables of the register and of its ledgers, one class each. Wired by {@link Landings}. */
@NullMarked
package io.tean.register.landing;

import org.jspecify.annotations.NullMarked;
