package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Channel;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.notice.ChannelCard.Failure;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads how the channels of this site do, from every attempt that was made by them. The counts are the site's; what a failure says may be
 * about somebody, and is of the viewer's scope.
 */
final class ChannelQuery {
    /** The results of an attempt that came through. */
    private static final List<String> WELL = List.of("handed_over", "confirmed");

    private final Jdbi jdbi;

    ChannelQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private record Last(Optional<Instant> success, Optional<Failure> failure) {}

    /** In the order of the channels. */
    List<ChannelCard> cards(Scope scope, List<Channel> channels) {
        if (channels.isEmpty()) {
            return List.of();
        }
        List<String> names = channels.stream().map(Channel::name).toList();
        return jdbi.withHandle(handle -> {
            Map<String, Map<String, Long>> today = today(handle, names);
            Map<String, Last> last = last(handle, scope, names);
            return channels.stream()
                    .map(channel -> new ChannelCard(
                            channel,
                            today.getOrDefault(channel.name(), Map.of()),
                            Optional.ofNullable(last.get(channel.name())).flatMap(Last::success),
                            Optional.ofNullable(last.get(channel.name())).flatMap(Last::failure)))
                    .toList();
        });
    }

    private static Map<String, Map<String, Long>> today(Handle handle, List<String> names) {
        Map<String, Map<String, Long>> today = new HashMap<>();
        handle.createQuery("""
                        SELECT channel, result, count(*) AS attempts FROM delivery_attempt
                        WHERE channel = ANY (:names)
                            AND at >= date_trunc('day', clock_timestamp() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai'
                        GROUP BY channel, result ORDER BY count(*) DESC, result
                        """)
                .bindArray("names", String.class, names)
                .map((row, context) -> today.computeIfAbsent(row.getString("channel"), name -> new LinkedHashMap<>())
                        .put(row.getString("result"), row.getLong("attempts")))
                .forEach(ignored -> {});
        return today;
    }

    private static Map<String, Last> last(Handle handle, Scope scope, List<String> names) {
        Map<String, Last> last = new HashMap<>();
        Reach reach = Reach.deliveries(scope, "d");
        handle.createQuery("""
                        SELECT c.channel, well.at AS well_at, ill.at AS ill_at, ill.result, ill.detail
                        FROM unnest(:names) AS c (channel)
                        LEFT JOIN LATERAL (SELECT at FROM delivery_attempt w
                                           WHERE w.channel = c.channel AND w.result = ANY (:well) AND w.at > clock_timestamp() - interval '30 days'
                                           ORDER BY w.at DESC LIMIT 1) well ON TRUE
                        LEFT JOIN LATERAL (SELECT i.at, i.result, i.detail FROM delivery_attempt i JOIN delivery d USING (delivery_id)
                                           WHERE i.channel = c.channel AND i.result <> ALL (:well)
                                               AND i.at > clock_timestamp() - interval '30 days' AND %s
                                           ORDER BY i.at DESC LIMIT 1) ill ON TRUE
                        """.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .bindArray("names", String.class, names)
                .bindArray("well", String.class, WELL)
                .map((row, context) -> {
                    Timestamp ill = row.getTimestamp("ill_at");
                    Optional<Failure> failure = ill == null
                            ? Optional.empty()
                            : Optional.of(
                                    new Failure(ill.toInstant(), row.getString("result"), row.getString("detail")));
                    return Map.entry(
                            row.getString("channel"),
                            new Last(
                                    Optional.ofNullable(row.getTimestamp("well_at"))
                                            .map(Timestamp::toInstant),
                                    failure));
                })
                .forEach(entry -> last.put(entry.getKey(), entry.getValue()));
        return last;
    }
}
