/** The words of elevator rescue (电梯应急救援): the case, the units that are called to it, and the port through which people lead it. */
@NullMarked
package io.tean.core.rescue;

import org.jspecify.annotations.NullMarked;
