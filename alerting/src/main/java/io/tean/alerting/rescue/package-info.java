/**
 * Rescue cases: who is called, what people decide, and the clock that calls the next level when nobody answers. Every step is one transaction that
 * holds the case's row, with its entry in the timeline, its audit entry, its notices and the word to whoever listens; time is the database's.
 */
@NullMarked
package io.tean.alerting.rescue;

import org.jspecify.annotations.NullMarked;
