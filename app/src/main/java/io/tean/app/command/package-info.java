/** The command line: one class per command, each calling one entry of a room. */
@NullMarked
package io.tean.app.command;

import org.jspecify.annotations.NullMarked;
