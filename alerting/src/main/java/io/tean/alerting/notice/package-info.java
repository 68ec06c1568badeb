/**
 * Who is told of what, and that it arrives. A notice is routed once into deliveries; the outbox hands each to a channel until it is handed over,
 * confirmed, or dead with a reason. Owns notice, delivery, delivery_attempt, recipient and channel_budget.
 */
@NullMarked
package io.tean.alerting.notice;

import org.jspecify.annotations.NullMarked;
