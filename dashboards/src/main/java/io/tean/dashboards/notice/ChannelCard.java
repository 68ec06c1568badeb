package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Channel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A channel and how it does.
 *
 * @param today attempts of today, of China, by their result; the most frequent first
 * @param lastSuccess of the last 30 days
 * @param lastFailure of the last 30 days and the viewer's scope
 */
public record ChannelCard(
        Channel channel, Map<String, Long> today, Optional<Instant> lastSuccess, Optional<Failure> lastFailure) {

    /** An attempt that did not come through. */
    public record Failure(Instant at, String result, String detail) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("at", at);
            json.put("result", result);
            json.put("detail", detail);
            return json;
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", channel.name());
        json.put("kind", channel.kind());
        json.put("needs_address", channel.needsAddress());
        json.put("blocked_until", channel.blockedUntil());
        json.put("today", today);
        json.put("last_success_at", lastSuccess);
        json.put("last_failure", lastFailure.map(Failure::json));
        return json;
    }
}
