/** Rescue from the car to the close of its case: the service as it is shipped, real browsers, real far sides. */
@NullMarked
package io.tean.app.rescue;

import org.jspecify.annotations.NullMarked;
