package io.tean.alerting.notice;

import io.tean.alerting.channel.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/** Reads what a delivery tells, as it is at the moment of sending. */
final class NoticeFacts {
    private static final String TIME = "'YYYY-MM-DD HH24:MI'";
    /** Of delivery d and notice n. */
    private static final String SELECT = """
            SELECT d.delivery_id, d.language, n.occasion, n.severity, n.alert_id, n.case_id, n.dispatch_id, coalesce(n.after_s, 0),
                coalesce(CASE d.language WHEN 'zh' THEN u.title_zh ELSE u.title_en END, a.rule, ''),
                coalesce(CASE d.language WHEN 'zh' THEN u.advice_zh ELSE u.advice_en END, ''),
                concat_ws(' ', nullif(e.site_address, ''), nullif(c.place, '')),
                concat_ws(' ', coalesce(e.name, CASE WHEN a.subject_kind <> 'MACHINE' THEN a.subject END), e.code),
                coalesce(e.rescue_code, ''), coalesce(o.name, ''),
                coalesce(to_char(coalesce(c.occurred_at, a.first_seen) AT TIME ZONE 'Asia/Shanghai', %TIME%), ''),
                coalesce(r.unit, ''), coalesce(r.reason, ''), coalesce(c.trapped_count::text, ''), coalesce(c.caller_telephone, ''),
                coalesce(c.level::text, ''), coalesce(to_char(c.arrive_by AT TIME ZONE 'Asia/Shanghai', %TIME%), ''),
                coalesce(to_char(c.accident_at AT TIME ZONE 'Asia/Shanghai', %TIME%), ''), d.severity_rank,
                CASE WHEN n.occasion = 'CALLED' AND r.state <> 'CALLED' THEN 'withdrawn: ' || r.unit || ' is not called any more but ' || r.state
                    WHEN n.occasion IN ('CALLED', 'ARRIVAL_WARNING', 'ACCIDENT_WARNING', 'NOBODY_LEFT')
                        AND c.state IN ('RELEASED', 'RATED', 'CLOSED') THEN 'withdrawn: the case is ' || c.state
                    WHEN n.occasion = 'ARRIVAL_WARNING' AND c.arrived_at IS NOT NULL THEN 'withdrawn: somebody arrived'
                    WHEN n.occasion = 'UNANSWERED' AND a.state <> 'open' THEN 'withdrawn: the alert is ' || a.state
                    WHEN n.occasion = 'STAYED' AND a.state = 'closed' THEN 'withdrawn: the alert is closed' END
            FROM delivery d
            JOIN notice n ON n.notice_id = d.notice_id
            LEFT JOIN alert a ON a.alert_id = n.alert_id
            LEFT JOIN alert_rule u ON u.rule = a.rule
            LEFT JOIN rescue_case c ON c.case_id = n.case_id
            LEFT JOIN rescue_dispatch r ON r.dispatch_id = n.dispatch_id
            LEFT JOIN equipment e ON e.equipment_id = coalesce(a.equipment_id, c.equipment_id)
            LEFT JOIN organisation o ON o.organisation_id = coalesce(e.use_unit_id, a.organisation_id)
            """.replace("%TIME%", TIME);

    private final String publicUrl;
    private final LongFunction<String> links;

    /**
     * @param publicUrl that links start from
     * @param links the signed link of a dispatch
     */
    NoticeFacts(String publicUrl, LongFunction<String> links) {
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.links = links;
    }

    /** What is to be sent, or why it is not to be sent any more. */
    sealed interface Content {}

    record Tell(Message message) implements Content {}

    record Withdrawn(String reason) implements Content {}

    private record Row(
            UUID id,
            String language,
            String occasion,
            String severity,
            Optional<String> link,
            int rank,
            Map<String, String> facts,
            Optional<String> withdrawn) {}

    Content of(Connection connection, UUID delivery) throws SQLException {
        List<Row> own = rows(connection, "WHERE d.delivery_id = ?", delivery);
        if (!own.isEmpty()) {
            Row row = own.getFirst();
            if (row.withdrawn.isPresent()) {
                return new Withdrawn(row.withdrawn.get());
            }
            Texts.Words words = Texts.in(row.language).words(row.occasion, row.severity, row.facts);
            return new Tell(new Message(
                    delivery, row.rank, row.occasion, row.language, words.title(), words.lines(), row.link));
        }
        return digest(connection, delivery);
    }

    private Content digest(Connection connection, UUID delivery) throws SQLException {
        List<Row> members = rows(connection, "WHERE d.digest_id = ? ORDER BY d.severity_rank, d.queued_at", delivery);
        if (members.isEmpty()) {
            return new Withdrawn("withdrawn: nothing is left in the digest");
        }
        String language = members.getFirst().language;
        List<Map<String, String>> items = new ArrayList<>();
        for (Row row : members) {
            Map<String, String> item = new HashMap<>(row.facts);
            item.put(
                    "title",
                    Texts.in(language)
                            .words(row.occasion, row.severity, row.facts)
                            .title());
            items.add(item);
        }
        Texts.Words words = Texts.in(language).digest(items);
        int rank = members.stream().mapToInt(Row::rank).min().orElse(3);
        return new Tell(new Message(
                delivery, rank, "DIGEST", language, words.title(), words.lines(), Optional.of(publicUrl + "/alerts")));
    }

    private List<Row> rows(Connection connection, String which, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + which)) {
            select.setObject(1, id);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
            return rows;
        }
    }

    private Row row(ResultSet row) throws SQLException {
        Map<String, String> facts = new HashMap<>();
        List<String> names = List.of(
                "title",
                "advice",
                "place",
                "machine",
                "rescue_code",
                "who",
                "since",
                "unit",
                "reason",
                "trapped",
                "caller",
                "level",
                "arrive_by",
                "accident_at");
        for (int i = 0; i < names.size(); i++) {
            facts.put(names.get(i), row.getString(9 + i));
        }
        Duration after = Duration.ofSeconds(row.getInt(8));
        facts.put("days", Long.toString(after.toDays()));
        facts.put("minutes", Long.toString(after.toMinutes()));
        return new Row(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                link(row.getString(3), row.getLong(5), row.getLong(6), row.getLong(7)),
                row.getInt(23),
                facts,
                Optional.ofNullable(row.getString(24)));
    }

    /** @param alert 0 when it is of none, as the others */
    private Optional<String> link(String occasion, long alert, long rescue, long dispatch) {
        if (occasion.equals("CALLED") && dispatch != 0) {
            return Optional.of(publicUrl + "/r/" + links.apply(dispatch));
        }
        if (rescue != 0) {
            return occasion.equals("STOOD_DOWN") ? Optional.empty() : Optional.of(publicUrl + "/cases/" + rescue);
        }
        return alert == 0 ? Optional.empty() : Optional.of(publicUrl + "/alerts/" + alert);
    }
}
