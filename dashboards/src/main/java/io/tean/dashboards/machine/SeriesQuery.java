package io.tean.dashboards.machine;

import io.tean.core.stream.Field;
import io.tean.core.stream.StreamSummary;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.machine.Series.Grain;
import io.tean.dashboards.machine.Series.Point;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads a measure of one machine: short spans from its readings, up to two months from its hours, beyond that from its days. What is not
 * summarised yet is added from the readings, so that a chart ends now.
 */
final class SeriesQuery {
    static final int MOST_POINTS = 1_000;
    private static final int MOST_ALERTS = 60;
    private static final Duration OF_READINGS = Duration.ofHours(49);
    private static final Duration OF_HOURS = Duration.ofDays(62);
    /** A midnight in Shanghai: hours and days are counted from here. */
    private static final Instant ORIGIN = Instant.parse("1999-12-31T16:00:00Z");
    /** Widths that a person can read off an axis. */
    private static final List<Duration> WIDTHS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7),
            Duration.ofDays(14),
            Duration.ofDays(28),
            Duration.ofDays(84),
            Duration.ofDays(364));

    private SeriesQuery() {}

    /** @param most points that are wanted, about */
    static Series read(Handle handle, Scope scope, MachineKey machine, Measure measure, Span span, int most) {
        Mark mark = mark(handle, measure);
        Grain grain = grain(span, mark);
        Duration width = width(span, grain, most);
        List<Point> points = grain == Grain.READINGS
                ? readings(handle, machine, measure, span, width)
                : summaries(handle, machine, measure, span, grain, width, mark);
        return new Series(
                machine,
                measure,
                span,
                grain,
                width,
                points,
                Incidents.alerts(handle, scope, machine, span, MOST_ALERTS));
    }

    /**
     * How far a stream is summarised.
     *
     * @param to every hour before it is
     * @param dropped readings older than this are gone
     */
    private record Mark(Instant to, Instant dropped) {}

    private static Mark mark(Handle handle, Measure measure) {
        return handle.createQuery("""
                        SELECT summarised_to, greatest(dropped_before, '1970-01-01Z') FROM summary_mark WHERE stream = :stream
                        """)
                .bind("stream", measure.stream().name())
                .map((row, context) -> new Mark(instant(row, 1), instant(row, 2)))
                .findOne()
                .orElse(new Mark(Instant.EPOCH, Instant.EPOCH));
    }

    private static Grain grain(Span span, Mark mark) {
        if (span.length().compareTo(OF_READINGS) <= 0 && !span.from().isBefore(mark.dropped)) {
            return Grain.READINGS;
        }
        return span.length().compareTo(OF_HOURS) <= 0 ? Grain.HOURS : Grain.DAYS;
    }

    private static Duration width(Span span, Grain grain, int most) {
        Duration least = span.length().dividedBy(most);
        return WIDTHS.stream()
                .filter(width -> width.compareTo(grain.least()) >= 0 && width.compareTo(least) >= 0)
                .findFirst()
                .orElse(WIDTHS.getLast());
    }

    private static List<Point> readings(Handle handle, MachineKey machine, Measure measure, Span span, Duration width) {
        return handle.createQuery("""
                        SELECT min(time), count(*), min(value), avg(value), max(value)
                        FROM (SELECT time, %s AS value FROM %s
                              WHERE equipment_id = :machine AND time >= :from AND time < :to AND %s IS NOT NULL) r
                        GROUP BY date_bin(CAST(:width AS interval), time, :from) ORDER BY 1
                        """.formatted(
                                value(measure),
                                measure.stream().table(),
                                measure.field().name()))
                .bind("machine", machine.id())
                .bind("from", utc(span.from()))
                .bind("to", utc(span.to()))
                .bind("width", width.toString())
                .map((row, context) -> point(row, measure))
                .list();
    }

    private static List<Point> summaries(
            Handle handle, MachineKey machine, Measure measure, Span span, Grain grain, Duration width, Mark mark) {
        StreamSummary summary = new StreamSummary(measure.stream());
        Field field = measure.field();
        String ofSummary = measure.isShare()
                ? "NULL::double precision AS low, NULL::double precision AS high, " + StreamSummary.whenTrue(field)
                        + "::double precision AS total"
                : StreamSummary.least(field) + "::double precision AS low, " + StreamSummary.most(field)
                        + "::double precision AS high, " + StreamSummary.sum(field) + "::double precision AS total";
        Instant first = floor(span.from(), width);
        return handle.createQuery("""
                        SELECT date_bin(CAST(:width AS interval), bucket, :origin), sum(n), min(low), sum(total) / sum(n), max(high)
                        FROM (
                            SELECT bucket, %1$s AS n, %2$s FROM %3$s
                            WHERE equipment_id = :machine AND bucket >= :first AND bucket < :to AND %1$s > 0
                            UNION ALL
                            SELECT time, 1, %4$s, %4$s, %4$s FROM %5$s
                            WHERE equipment_id = :machine AND time >= :unsummarised AND time < :to AND %6$s IS NOT NULL
                        ) r GROUP BY 1 ORDER BY 1
                        """.formatted(
                                StreamSummary.count(field),
                                ofSummary,
                                grain == Grain.HOURS ? summary.hourTable() : summary.dayTable(),
                                value(measure),
                                measure.stream().table(),
                                field.name()))
                .bind("machine", machine.id())
                .bind("first", utc(first))
                .bind("unsummarised", utc(mark.to.isAfter(first) ? mark.to : first))
                .bind("to", utc(span.to()))
                .bind("width", width.toString())
                .bind("origin", utc(ORIGIN))
                .map((row, context) -> point(row, measure))
                .list();
    }

    private static String value(Measure measure) {
        return measure.field().name() + (measure.isShare() ? "::integer" : "") + "::double precision";
    }

    private static Point point(ResultSet row, Measure measure) throws SQLException {
        double mean = row.getDouble(4);
        boolean share = measure.isShare();
        return new Point(
                instant(row, 1),
                row.getLong(2),
                share ? mean : row.getDouble(3),
                mean,
                share ? mean : row.getDouble(5));
    }

    /** The beginning of the bucket, so that the first one is whole. */
    private static Instant floor(Instant at, Duration width) {
        long seconds = Duration.between(ORIGIN, at).toSeconds();
        return ORIGIN.plusSeconds(Math.floorDiv(seconds, width.toSeconds()) * width.toSeconds());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
