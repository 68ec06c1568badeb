/**
 * Device logins and their bindings: changed by the command line, held in memory for the sessions.
 */
@NullMarked
package io.tean.ingest.device;

import org.jspecify.annotations.NullMarked;
