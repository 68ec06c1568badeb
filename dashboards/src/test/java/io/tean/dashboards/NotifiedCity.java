package io.tean.dashboards;

import io.tean.core.store.TestDatabase;

/**
 * The alarmed city, and what became of telling people: notices in every state, a digest, attempts by every channel. Deliveries are
 * numbered as {@link #id} says.
 */
public final class NotifiedCity {
    private NotifiedCity() {}

    /** Of a delivery. */
    public static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    public static void moveInto(OpenHouse house) {
        AlarmedCity.moveInto(house);
        TestDatabase city = house.database();
        city.execute("""
                INSERT INTO recipient (organisation_id, duty, division_code, name, language, digest, addresses)
                VALUES (1, 'SAFETY_OFFICER', '', '%1$s', 'zh', 'DAY', '[{"channel": "sms", "to": "13812345678"}, {"channel": "mail", "to": "li.wei@unit.example"}]'),
                       (2, 'OFFICE', '', '快修电梯值班室', 'zh', 'AT_ONCE', '[{"channel": "mail", "to": "office@firm.example"}]'),
                       (NULL, 'OFFICER', '320506', '王监察', 'en', 'WEEK', '[{"channel": "duty-robot", "to": ""}]'),
                       (NULL, 'DISPATCHER', '', '96333 值班台', 'zh', 'AT_ONCE', '[{"channel": "duty-robot", "to": ""}]');
                INSERT INTO rescue_case (equipment_id, division_code, origin, occurred_at) VALUES (1, '320505', 'TELEMETRY', now());
                INSERT INTO notice (notice_id, alert_id, case_id, occasion, severity, dispatch_class, state, routed_at)
                VALUES ('%2$s', 1, NULL, 'OPENED', 'EMERGENCY', 'rescue', 'routed', now()),
                       ('%3$s', 6, NULL, 'STAYED', 'WARNING', 'repair', 'routed', now()),
                       ('%4$s', NULL, 1, 'CALLED', 'EMERGENCY', 'case', 'routed', now()),
                       ('%5$s', 4, NULL, 'OPENED', 'NOTICE', 'office', 'routed', now()),
                       ('%6$s', NULL, NULL, 'TEST', 'NOTICE', 'office', 'routed', now());
                INSERT INTO delivery (delivery_id, notice_id, digest_id, recipient_id, recipient_name, language, addresses, address_no,
                    severity_rank, state, reason, attempts, queued_at, ended_at, confirmed_at, deadline_at)
                SELECT d.id::uuid, d.notice::uuid, d.digest::uuid, p.recipient_id, p.name, p.language, p.addresses, d.address, d.rank, d.state, d.reason,
                    d.attempts, now() - d.ago::interval, CASE WHEN d.state <> 'queued' THEN now() END,
                    CASE WHEN d.state = 'confirmed' THEN now() END, now() + interval '1 hour'
                FROM (VALUES ('%7$s', NULL, NULL, 3, 0, 3, 'handed_over', '', 1, '3 hours'),
                             ('%2$s', '%2$s', NULL, 1, 1, 0, 'dead', 'no address took it before the deadline: 550 <li.wei@unit.example> unknown', 2, '2 hours'),
                             ('%3$s', '%3$s', '%7$s', 3, 0, 2, 'handed_over', '', 0, '4 hours'),
                             ('%4$s', '%4$s', NULL, 2, 0, 0, 'queued', 'connection refused', 1, '90 minutes'),
                             ('%5$s', '%5$s', NULL, 4, 0, 3, 'confirmed', '', 1, '20 days'),
                             ('%6$s', '%6$s', NULL, 4, 0, 3, 'handed_over', '', 1, '1 minute'))
                    AS d (id, notice, digest, recipient, address, rank, state, reason, attempts, ago)
                JOIN recipient p ON p.recipient_id = d.recipient;
                INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, at, result, detail)
                VALUES ('%2$s', 1, 'sms', '13812345678', now(), 'try_later', 'HTTP 500 of the gateway for 13812345678'),
                       ('%2$s', 2, 'mail', 'li.wei@unit.example', now(), 'refused', '550 <li.wei@unit.example> unknown <script>'),
                       ('%4$s', 1, 'mail', 'office@firm.example', now(), 'try_later', 'connection refused'),
                       ('%6$s', 1, 'duty-robot', '', now(), 'handed_over', ''),
                       ('%5$s', 1, 'duty-robot', '', now() - interval '20 days', 'confirmed', '')
                """.formatted(AlarmedCity.HOSTILE, id(1), id(2), id(3), id(4), id(5), id(6)));
    }
}
