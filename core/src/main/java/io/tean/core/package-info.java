/** The hallway: shared words and the ports between siblings. Imports no sibling module. */
@NullMarked
package io.tean.core;

import org.jspecify.annotations.NullMarked;
