/** The command line as people and scripts see it: output and exit code of a process. */
@NullMarked
package io.tean.app.command;

import org.jspecify.annotations.NullMarked;
