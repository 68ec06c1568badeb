/**
 * Hourly and daily summaries of the streams, kept current by a job and redone where a late reading arrived; and the letting go of what is older
 * than its retention, which is never done before it is summarised.
 */
@NullMarked
package io.tean.ingest.summary;

import org.jspecify.annotations.NullMarked;
