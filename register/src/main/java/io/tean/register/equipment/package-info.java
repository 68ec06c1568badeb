/** Special equipment as registered: imported from files, listed. Owns the table equipment. */
@NullMarked
package io.tean.register.equipment;

import org.jspecify.annotations.NullMarked;
