package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Address;
import io.tean.core.stream.Label;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.notice.Delivery.About;
import io.tean.dashboards.notice.Delivery.Backlog;
import io.tean.dashboards.notice.Delivery.Standing;
import io.tean.dashboards.notice.Delivery.State;
import io.tean.dashboards.notice.Delivery.Times;
import io.tean.dashboards.notice.Delivery.To;
import io.tean.dashboards.notice.Delivery.Told;
import io.tean.dashboards.notice.DeliveryCard.Attempt;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads deliveries within a viewer's scope, veiled as the viewer's role wants it. */
final class DeliveryQuery {
    static final Sorting SORTING = new Sorting(columns(), "-queued", "d.delivery_id");
    /** Of {@code delivery d}: the channel that is tried now, or was last. */
    static final String CHANNEL =
            "(d.addresses -> least(d.address_no::integer, jsonb_array_length(d.addresses) - 1) ->> 'channel')";

    private static final int MOST_TOLD = 200;

    private static final String SELECT = "SELECT " + Machine.COLUMNS + ", " + CHANNEL + """
             AS channel, d.delivery_id, d.digest_id, coalesce(n.occasion, 'DIGEST') AS occasion, n.alert_id, a.rule, r.title_zh, r.title_en,
            n.case_id, coalesce(nullif(c.place, ''), CASE WHEN a.subject_kind <> 'MACHINE' THEN a.subject END) AS told_subject,
            d.recipient_id, d.recipient_name, d.language, d.state, d.reason, d.attempts, d.queued_at, d.next_at, d.deadline_at, d.ended_at,
            d.confirmed_at, CASE WHEN d.notice_id IS NULL THEN (SELECT count(*) FROM delivery m WHERE m.digest_id = d.delivery_id) ELSE 0
            END AS tells
            """;
    private static final String COUNTED = " FROM delivery d LEFT JOIN notice n ON n.notice_id = d.notice_id ";
    private static final String FROM = COUNTED + """
             LEFT JOIN alert a ON a.alert_id = n.alert_id
             LEFT JOIN rescue_case c ON c.case_id = n.case_id
             LEFT JOIN equipment e ON e.equipment_id = coalesce(a.equipment_id, c.equipment_id)
             LEFT JOIN alert_rule r ON r.rule = a.rule
            """;

    private final Jdbi jdbi;

    DeliveryQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("queued", "d.queued_at");
        columns.put("recipient", "d.recipient_name");
        columns.put("attempts", "d.attempts");
        return columns;
    }

    Listing<Delivery> list(Viewer viewer, DeliveryFilter filter, Paging paging) {
        return reader(viewer, filter).page(jdbi, paging);
    }

    /** Writes all deliveries of a list, however many, in its order. */
    void export(
            Viewer viewer, DeliveryFilter filter, Paging paging, Sheet.Sink sink, Function<Delivery, Object[]> cells)
            throws IOException {
        reader(viewer, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Delivery> reader(Viewer viewer, DeliveryFilter filter) {
        Where where = new Where(Reach.deliveries(viewer.scope(), "d"));
        filter.narrow(where);
        Veil veil = Veil.of(viewer);
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                COUNTED + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> delivery(row, veil));
    }

    /** What waits and what died today, by the clock of the database. */
    Backlog backlog(Scope scope) {
        Where waiting = new Where(Reach.deliveries(scope, "d")).and("d.state = 'queued'");
        Where unrouted = new Where(Reach.notices(scope, "n")).and("n.state = 'queued'");
        Where dead = new Where(Reach.deliveries(scope, "d")).and("""
                d.state = 'dead'
                AND d.ended_at >= (SELECT date_trunc('day', tean_now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai')
                """);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT sum(w.waiting) AS waiting, greatest(0, extract(epoch FROM tean_now() - min(w.oldest)))::bigint AS oldest_s,
                            (SELECT count(*) FROM delivery d %s) AS died
                        FROM (SELECT count(*) AS waiting, min(d.queued_at) AS oldest FROM delivery d %s
                              UNION ALL SELECT count(*), min(n.queued_at) FROM notice n %s) w
                        """.formatted(dead.sql(), waiting.sql(), unrouted.sql()))
                .bindMap(waiting.bindings())
                .map((row, context) ->
                        new Backlog(row.getLong("waiting"), row.getLong("oldest_s"), row.getLong("died")))
                .one());
    }

    /** Empty when there is no such delivery, or when it is out of the scope. */
    Optional<DeliveryCard> find(Viewer viewer, UUID id) {
        Veil veil = Veil.of(viewer);
        Where where = new Where(Reach.deliveries(viewer.scope(), "d")).and("d.delivery_id = :delivery", "delivery", id);
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + ", d.addresses::text, d.address_no " + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> new DeliveryCard(
                        delivery(row, veil),
                        addresses(row.getString("addresses"), row.getInt("address_no"), veil),
                        attempts(handle, id, veil),
                        tellsOf(handle, viewer.scope(), id, veil)))
                .findOne());
    }

    private static List<DeliveryCard.Address> addresses(String json, int number, Veil veil) {
        List<Address> all = Recipient.addresses(json);
        List<DeliveryCard.Address> addresses = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Address address = all.get(i);
            addresses.add(new DeliveryCard.Address(
                    address.channel(), veil.over(address.to()), i == Math.min(number, all.size() - 1)));
        }
        return addresses;
    }

    private static List<Attempt> attempts(Handle handle, UUID id, Veil veil) {
        return handle.createQuery("""
                        SELECT attempt, at, channel, address, result, detail FROM delivery_attempt
                        WHERE delivery_id = :delivery ORDER BY attempt
                        """)
                .bind("delivery", id)
                .map((row, context) -> new Attempt(
                        row.getInt("attempt"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("channel"),
                        veil.over(row.getString("address")),
                        row.getString("result"),
                        veil.over(row.getString("detail"))))
                .list();
    }

    private static List<Delivery> tellsOf(Handle handle, Scope scope, UUID id, Veil veil) {
        Where where = new Where(Reach.deliveries(scope, "d")).and("d.digest_id = :delivery", "delivery", id);
        return handle.createQuery(
                        SELECT + FROM + where.sql() + "ORDER BY d.queued_at DESC, d.delivery_id LIMIT " + MOST_TOLD)
                .bindMap(where.bindings())
                .map((row, context) -> delivery(row, veil))
                .list();
    }

    private static Delivery delivery(ResultSet row, Veil veil) throws SQLException {
        OptionalLong alert = number(row, "alert_id");
        OptionalLong recipient = number(row, "recipient_id");
        return new Delivery(
                row.getObject("delivery_id", UUID.class),
                new About(
                        row.getString("occasion"),
                        alert.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Told(alert.getAsLong(), row.getString("rule"), title(row))),
                        number(row, "case_id"),
                        row.getString("machine_code") == null ? Optional.empty() : Optional.of(Machine.of(row)),
                        Optional.ofNullable(row.getString("told_subject")),
                        row.getInt("tells")),
                new To(
                        recipient.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) recipient.getAsLong()),
                        veil.over(row.getString("recipient_name")),
                        row.getString("language")),
                new Standing(
                        State.of(row.getString("state")),
                        veil.over(row.getString("reason")),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("channel"))),
                new Times(
                        row.getTimestamp("queued_at").toInstant(),
                        row.getTimestamp("next_at").toInstant(),
                        row.getTimestamp("deadline_at").toInstant(),
                        instant(row, "ended_at"),
                        instant(row, "confirmed_at")),
                Optional.ofNullable(row.getObject("digest_id", UUID.class)));
    }

    private static Optional<Label> title(ResultSet row) throws SQLException {
        return row.getString("title_zh") == null
                ? Optional.empty()
                : Optional.of(new Label(row.getString("title_zh"), row.getString("title_en")));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
