/**
 * The identity of special equipment: its code.
 */
@NullMarked
package io.tean.core.equipment;

import org.jspecify.annotations.NullMarked;
