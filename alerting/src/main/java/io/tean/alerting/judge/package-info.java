/** Readings are judged here, in the transaction that stores them: which rules they fulfil, since when, and which no longer hold. */
@NullMarked
package io.tean.alerting.judge;

import org.jspecify.annotations.NullMarked;
