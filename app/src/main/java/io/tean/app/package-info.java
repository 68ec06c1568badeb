/** The front door: main, the command line, and the wiring of all rooms on one screen. */
@NullMarked
package io.tean.app;

import org.jspecify.annotations.NullMarked;
