/**
 * One thread and one connection per lane: batches by size or age, retries until committed, then settles.
 */
@NullMarked
package io.tean.ingest.lane;

import org.jspecify.annotations.NullMarked;
