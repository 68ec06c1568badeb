/** Emergencies that cannot be stored in time are told all the same: to the open boards and over the direct channel. */
@NullMarked
package io.tean.alerting.early;

import org.jspecify.annotations.NullMarked;
