/**
 * Breaks things around and inside the running service while it is under load, with a recorder outside of it, and checks that it
 * kept its word: nothing acknowledged is missing, nothing is stored twice. Short in {@code FaultsIT}, long in {@code bin/faults}.
 */
@NullMarked
package io.tean.app.faults;

import org.jspecify.annotations.NullMarked;
