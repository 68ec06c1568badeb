/**
 * Who was told what and what became of it, who is told, and by which channels: the pages and API on alerting's outbox. They only read;
 * every change goes through {@link io.tean.core.notice.NoticeDecisions}.
 */
@NullMarked
package io.tean.dashboards.notice;

import org.jspecify.annotations.NullMarked;
