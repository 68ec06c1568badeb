/**
 * One transaction per batch: COPY, in-transaction steps, dead letters. Knows every way in which a row can be refused.
 */
@NullMarked
package io.tean.ingest.store;

import org.jspecify.annotations.NullMarked;
