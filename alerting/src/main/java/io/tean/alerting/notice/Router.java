package io.tean.alerting.notice;

import io.tean.alerting.channel.Channels;
import io.tean.alerting.channel.SiteChannel;
import io.tean.core.alert.Severity;
import io.tean.core.notice.NoticeDecisions.Duty;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns queued notices into deliveries, each once: who is told of it, by which addresses, until when. Emergencies first. */
final class Router {
    static final JsonMapper JSON = new JsonMapper();

    private static final int AT_ONCE = 200;
    private static final Duration SMALL_DEADLINE = Duration.ofDays(2);
    private static final Duration URGENT_ENDING = Duration.ofMinutes(30);
    private static final Set<String> BEGINNINGS = Set.of("OPENED", "REACTIVATED");
    private static final Set<String> ENDINGS = Set.of("CLEARED", "CLOSED");

    private final DataSource pool;
    private final Routes routes;
    private final Channels channels;

    Router(DataSource pool, Routes routes, Channels channels) {
        this.pool = pool;
        this.routes = routes;
        this.channels = channels;
    }

    /**
     * A notice with what decides who is told.
     *
     * @param alertId 0 of a case
     * @param rule empty of a case
     * @param alertState empty of a case
     * @param quiet silenced, or explained by an alert of its site
     * @param parties the organisations around it
     * @param unitName of CALLED and STOOD_DOWN
     */
    private record Queued(
            UUID id,
            String occasion,
            Severity severity,
            String dispatch,
            Duration after,
            long alertId,
            String rule,
            String alertState,
            boolean quiet,
            String division,
            Map<Route.Party, Integer> parties,
            String unitName,
            String unitTelephone) {
        boolean urgent() {
            return rank() < 2;
        }

        int rank() {
            return switch (severity) {
                case EMERGENCY -> 0;
                case CRITICAL -> 1;
                case WARNING -> 2;
                case NOTICE -> 3;
            };
        }
    }

    private record Organisation(String name, String telephone) {}

    /** @param id none of an organisation's telephone */
    private record Told(
            OptionalInt id, String name, String language, String digest, List<Map<String, String>> addresses) {}

    private record Recipient(int id, OptionalInt organisation, Duty duty, String division, Told told) {}

    /** Those of one batch. */
    private record Book(List<Recipient> recipients, Map<Integer, Organisation> organisations) {
        List<Told> of(Route.Whom whom, Queued notice) {
            Integer organisation = notice.parties.get(whom.party());
            return recipients.stream()
                    .filter(r -> r.duty == whom.duty())
                    .filter(r -> whom.party() == Route.Party.BUREAU
                            ? notice.division.startsWith(r.division.replaceAll("(00)+$", ""))
                            : organisation != null
                                    && r.organisation.isPresent()
                                    && r.organisation.getAsInt() == organisation)
                    .map(Recipient::told)
                    .toList();
        }
    }

    /** Routes a batch in one transaction. Answers how many notices; as many as fit means that more may wait. */
    int route() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            List<Queued> batch = queued(connection);
            if (batch.isEmpty()) {
                connection.rollback();
                return 0;
            }
            Book book = book(connection, batch);
            for (Queued notice : batch) {
                route(connection, notice, book);
            }
            gatherStorms(connection);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE notice SET state = 'routed', routed_at = tean_now() WHERE notice_id = ANY (?)")) {
                update.setArray(
                        1,
                        connection.createArrayOf(
                                "uuid", batch.stream().map(Queued::id).toArray()));
                update.executeUpdate();
            }
            connection.commit();
            return batch.size();
        }
    }

    private void route(Connection connection, Queued notice, Book book) throws SQLException {
        if (ENDINGS.contains(notice.occasion)) {
            boolean small = !notice.urgent();
            for (Told told : toldBefore(connection, notice)) {
                deliver(connection, notice, told, small, small ? SMALL_DEADLINE : URGENT_ENDING);
            }
            return;
        }
        // What is over before anybody was told is told to nobody, unless it was bad.
        if (notice.quiet
                || (BEGINNINGS.contains(notice.occasion) && notice.alertState.equals("closed") && !notice.urgent())) {
            return;
        }
        for (Route.Step step :
                routes.steps(notice.dispatch, notice.occasion, notice.severity, notice.rule, notice.after)) {
            for (List<Route.Whom> choice : step.tell()) {
                for (Told told : told(notice, choice, book)) {
                    deliver(connection, notice, told, step.small(), step.deadline());
                }
            }
        }
    }

    /** The first of the choice that has somebody; else the telephone; else one whom nobody knows. */
    private List<Told> told(Queued notice, List<Route.Whom> choice, Book book) {
        for (Route.Whom whom : choice) {
            List<Told> found = book.of(whom, notice);
            if (!found.isEmpty()) {
                return found;
            }
        }
        Route.Whom first = choice.getFirst();
        if (first.party() == Route.Party.UNIT && !notice.parties.containsKey(Route.Party.UNIT)) {
            // The fire brigade: no machine rings 119, a dispatcher does.
            return told(notice, List.of(new Route.Whom(Route.Party.BUREAU, Duty.DISPATCHER)), book);
        }
        Integer id = notice.parties.get(first.party());
        Optional<Organisation> organisation = Optional.ofNullable(id).map(book.organisations::get);
        String name = first.party() == Route.Party.UNIT
                ? notice.unitName
                : organisation.map(Organisation::name).orElse(first.toString());
        String telephone = organisation
                .map(Organisation::telephone)
                .filter(t -> !t.isBlank())
                .orElse(first.party() == Route.Party.UNIT ? notice.unitTelephone : "");
        List<Map<String, String>> addresses = telephone.isBlank()
                ? List.of()
                : channels.all().stream()
                        .filter(SiteChannel::forTelephone)
                        .map(channel -> Map.of("channel", channel.name(), "to", telephone))
                        .toList();
        return List.of(new Told(
                OptionalInt.empty(),
                name + (id == null ? "" : " (" + id + ")"),
                "zh",
                "AT_ONCE",
                addresses.isEmpty() ? List.of(Map.of("none", noRecipient(first, id, name, telephone))) : addresses));
    }

    private static String noRecipient(Route.Whom whom, @Nullable Integer id, String name, String telephone) {
        if (whom.party() == Route.Party.BUREAU) {
            return "no recipient: the bureau has no " + whom + " of this division or of the whole city";
        }
        if (id == null && whom.party() != Route.Party.UNIT) {
            return "no recipient: nobody knows the " + whom.party().word() + " of it";
        }
        String who = whom.party().word() + (id == null ? " " : " " + id + " ") + name;
        return telephone.isBlank()
                ? "no recipient: " + who + " has neither a recipient nor a telephone"
                : "no recipient: " + who
                        + " has only a telephone, and no channel of this site is default_for: telephone";
    }

    private void deliver(Connection connection, Queued notice, Told told, boolean small, Duration deadline)
            throws SQLException {
        Optional<String> nobody = told.addresses.stream()
                .flatMap(address -> Optional.ofNullable(address.get("none")).stream())
                .findFirst();
        List<Map<String, String>> addresses = told.addresses.stream()
                .filter(address ->
                        channels.channel(address.getOrDefault("channel", "")).isPresent())
                .toList();
        String dead = nobody.orElseGet(() -> addresses.isEmpty()
                ? told.addresses.isEmpty()
                        ? "recipient " + told.name + " has no address"
                        : "none of the channels of " + told.name + " exists on this site: "
                                + told.addresses.stream()
                                        .map(address -> address.getOrDefault("channel", ""))
                                        .collect(Collectors.joining(", "))
                : "");
        boolean later = small && dead.isEmpty() && !told.digest.equals("AT_ONCE");
        String whom = told.id.isPresent() ? Integer.toString(told.id.getAsInt()) : told.name;
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO delivery (delivery_id, notice_id, recipient_id, recipient_name, language, addresses, severity_rank, gathered,
                    state, reason, ended_at, next_at, deadline_at, fall_over_at)
                SELECT ?, ?, ?, ?, ?, a.list, ?, ?, CASE WHEN ? = '' THEN 'queued' ELSE 'dead' END, ?,
                    CASE WHEN ? = '' THEN NULL ELSE tean_now() END, t.at, t.at + make_interval(secs => ?),
                    CASE WHEN jsonb_array_length(a.list) > 1 THEN t.at + make_interval(secs => ?) / 2 END
                FROM (SELECT ?::jsonb AS list) AS a,
                    (SELECT CASE ?
                        WHEN 'DAY' THEN (date_trunc('day', here - day_at) + interval '1 day' + day_at) AT TIME ZONE 'Asia/Shanghai'
                        WHEN 'WEEK' THEN (date_trunc('week', here - day_at) + interval '7 days' + day_at) AT TIME ZONE 'Asia/Shanghai'
                        ELSE here AT TIME ZONE 'Asia/Shanghai' END AS at
                     FROM (SELECT tean_now() AT TIME ZONE 'Asia/Shanghai' AS here, ?::interval AS day_at) AS now) AS t
                ON CONFLICT DO NOTHING
                """)) {
            insert.setObject(1, UUID.nameUUIDFromBytes((notice.id + "\n" + whom).getBytes(StandardCharsets.UTF_8)));
            insert.setObject(2, notice.id);
            insert.setObject(3, told.id.isPresent() ? Integer.valueOf(told.id.getAsInt()) : null);
            insert.setString(4, told.name);
            insert.setString(5, told.language);
            insert.setInt(6, notice.rank());
            insert.setBoolean(7, later);
            insert.setString(8, dead);
            insert.setString(9, dead);
            insert.setString(10, dead);
            insert.setInt(11, (int) deadline.toSeconds());
            insert.setInt(12, (int) deadline.toSeconds());
            insert.setString(13, JSON.writeValueAsString(addresses));
            insert.setString(14, later ? told.digest : "AT_ONCE");
            insert.setString(15, routes.digests().at().toString());
            insert.executeUpdate();
        }
    }

    /** More than a few within a minute that are not urgent wait for each other, so that they become one. */
    private void gatherStorms(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE delivery d SET gathered = true, next_at = s.held_until
                FROM (SELECT recipient_id, coalesce(min(next_at) FILTER (WHERE gathered AND state = 'queued' AND digest_id IS NULL
                            AND next_at <= tean_now() + interval '1 minute'), tean_now() + interval '1 minute') AS held_until
                      FROM delivery
                      WHERE recipient_id IS NOT NULL AND severity_rank >= 2 AND notice_id IS NOT NULL
                          AND (NOT gathered OR next_at <= tean_now() + interval '1 minute')
                          AND queued_at > tean_now() - interval '1 minute' AND state <> 'dead'
                      GROUP BY recipient_id HAVING count(*) > ?) AS s
                WHERE d.recipient_id = s.recipient_id AND d.state = 'queued' AND NOT d.gathered AND d.digest_id IS NULL AND d.lease IS NULL
                    AND d.attempts = 0 AND d.severity_rank >= 2 AND d.notice_id IS NOT NULL AND d.queued_at > tean_now() - interval '1 minute'
                """)) {
            update.setInt(1, routes.digests().storm());
            update.executeUpdate();
        }
    }

    private List<Queued> queued(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT n.notice_id, n.occasion, n.severity, CASE WHEN n.case_id IS NULL THEN n.dispatch_class ELSE 'case' END,
                    coalesce(n.after_s, 0), n.alert_id, coalesce(a.rule, ''), coalesce(a.state, ''),
                    CASE WHEN a.alert_id IS NULL THEN false ELSE a.muted_by IS NOT NULL OR alert_silence(a) IS NOT NULL END,
                    coalesce(nullif(a.division_code, ''), nullif(c.division_code, ''), e.division_code, ''),
                    coalesce(f.firm_id, CASE WHEN o.kind = 'MAINTENANCE_FIRM' THEN o.organisation_id END),
                    coalesce(e.use_unit_id, CASE WHEN o.kind IN ('USE_UNIT', 'FILLING_STATION') THEN o.organisation_id END),
                    coalesce(e.inspection_body_id, CASE WHEN o.kind = 'INSPECTION_BODY' THEN o.organisation_id END),
                    coalesce(CASE WHEN o.kind = 'FILLING_STATION' THEN o.organisation_id END, e.use_unit_id, o.organisation_id),
                    r.organisation_id, coalesce(r.unit, ''), coalesce(r.telephone, '')
                FROM notice n
                LEFT JOIN alert a ON a.alert_id = n.alert_id
                LEFT JOIN rescue_case c ON c.case_id = n.case_id
                LEFT JOIN rescue_dispatch r ON r.dispatch_id = n.dispatch_id
                LEFT JOIN equipment e ON e.equipment_id = coalesce(a.equipment_id, c.equipment_id)
                LEFT JOIN organisation o ON o.organisation_id = a.organisation_id
                LEFT JOIN LATERAL (SELECT k.firm_id FROM contract k, (SELECT (tean_now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS today
                    WHERE k.equipment_id = e.equipment_id AND k.from_on <= today.day AND k.until_on > today.day
                    ORDER BY k.from_on DESC LIMIT 1) AS f ON true
                WHERE n.state = 'queued'
                ORDER BY CASE n.severity WHEN 'EMERGENCY' THEN 0 WHEN 'CRITICAL' THEN 1 WHEN 'WARNING' THEN 2 ELSE 3 END, n.queued_at
                LIMIT ? FOR UPDATE OF n SKIP LOCKED
                """)) {
            select.setInt(1, AT_ONCE);
            List<Queued> batch = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    batch.add(queued(row));
                }
            }
            return batch;
        }
    }

    private static Queued queued(ResultSet row) throws SQLException {
        Map<Route.Party, Integer> parties = new EnumMap<>(Route.Party.class);
        List<Route.Party> order = List.of(
                Route.Party.FIRM, Route.Party.USE_UNIT, Route.Party.BODY, Route.Party.STATION, Route.Party.UNIT);
        for (int i = 0; i < order.size(); i++) {
            Integer id = row.getObject(11 + i, Integer.class);
            if (id != null) {
                parties.put(order.get(i), id);
            }
        }
        long alert = row.getLong(6);
        return new Queued(
                row.getObject(1, UUID.class),
                row.getString(2),
                Severity.valueOf(row.getString(3)),
                row.getString(4),
                Duration.ofSeconds(row.getInt(5)),
                alert,
                row.getString(7),
                row.getString(8),
                row.getBoolean(9),
                row.getString(10),
                parties,
                row.getString(16),
                row.getString(17));
    }

    private static Book book(Connection connection, List<Queued> batch) throws SQLException {
        Object[] ids = batch.stream()
                .flatMap(notice -> notice.parties.values().stream())
                .distinct()
                .toArray();
        List<Recipient> recipients =
                recipients(connection, "active AND (organisation_id IS NULL OR organisation_id = ANY (?))", ids);
        Map<Integer, Organisation> organisations = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT organisation_id, name, coalesce(telephone, '') FROM organisation WHERE organisation_id = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("integer", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    organisations.put(row.getInt(1), new Organisation(row.getString(2), row.getString(3)));
                }
            }
        }
        return new Book(recipients, organisations);
    }

    private static List<Recipient> recipients(Connection connection, String which, Object[] ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT recipient_id, organisation_id, duty, division_code, name, language, digest, addresses::text FROM recipient
                WHERE %s ORDER BY recipient_id
                """.formatted(which))) {
            select.setArray(1, connection.createArrayOf("integer", ids));
            List<Recipient> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Integer organisation = row.getObject(2, Integer.class);
                    found.add(new Recipient(
                            row.getInt(1),
                            organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation),
                            Duty.valueOf(row.getString(3)),
                            row.getString(4),
                            new Told(
                                    OptionalInt.of(row.getInt(1)),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7),
                                    addresses(row.getString(8)))));
                }
            }
            return found;
        }
    }

    static List<Map<String, String>> addresses(String json) {
        List<Map<String, String>> addresses = new ArrayList<>();
        for (JsonNode address : JSON.readTree(json)) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("channel", address.path("channel").asString(""));
            one.put("to", address.path("to").asString(""));
            addresses.add(one);
        }
        return addresses;
    }

    /** Who was told of the alert and is still to be told anything. */
    private static List<Told> toldBefore(Connection connection, Queued notice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT d.recipient_id FROM delivery d JOIN notice n ON n.notice_id = d.notice_id
                WHERE n.alert_id = ? AND n.occasion NOT IN ('CLEARED', 'CLOSED') AND d.state <> 'dead' AND d.recipient_id IS NOT NULL
                """)) {
            select.setLong(1, notice.alertId);
            List<Object> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getInt(1));
                }
            }
            return recipients(connection, "active AND recipient_id = ANY (?)", ids.toArray()).stream()
                    .map(Recipient::told)
                    .toList();
        }
    }
}
