-- Owner: alerting. What the jobs look for again and again is rare among the open alerts of a city: cleared, muted, told late.
CREATE INDEX alert_cleared ON alert (alert_id) WHERE cleared_at IS NOT NULL AND state <> 'closed';
CREATE INDEX alert_muted ON alert (alert_id) WHERE muted_by IS NOT NULL AND state <> 'closed';
CREATE INDEX notice_occasion ON notice (occasion, after_s, alert_id) INCLUDE (queued_at);
