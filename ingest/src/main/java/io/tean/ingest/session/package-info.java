/**
 * The MQTT door: one session per connection, bounded, acknowledging only what was committed.
 */
@NullMarked
package io.tean.ingest.session;

import org.jspecify.annotations.NullMarked;
