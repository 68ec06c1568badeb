/**
 * The far sides that notices are handed to: one class for each kind of channel, and the site's file that names them. HTTP and mail clients live
 * here only. Knows no table; the outbox decides when what is sent.
 */
@NullMarked
package io.tean.alerting.channel;

import org.jspecify.annotations.NullMarked;
