/** What exists and what is due. Writes the register; knows no sibling. */
@NullMarked
package io.tean.register;

import org.jspecify.annotations.NullMarked;
