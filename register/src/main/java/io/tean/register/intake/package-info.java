/** How lists come in from files: read whole, checked in every row, compared with what is registered. Knows no table of its own. */
@NullMarked
package io.tean.register.intake;

import org.jspecify.annotations.NullMarked;
