package io.tean.ingest.summary;

import io.tean.core.stream.StreamSummary;
import io.tean.core.stream.StreamSummary.SummaryColumn;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SQL that summarises one stream, written once from its declaration. Days are those of Asia/Shanghai. */
final class SummaryStatements {
    /** Hours from the first moment until the second, of all machines. */
    final String hours;
    /** The day at the first moment from its hours until the second, of the machines that have a row in the hours from the third to the fourth. */
    final String day;
    /** The machine-hours of two arrays, the readings' times between two moments; what is older than the last is left as it is. */
    final String lateHours;
    /** The machine-days of two arrays. */
    final String lateDays;

    SummaryStatements(StreamSummary summary) {
        String names = summary.names();
        String ofReadings = list(summary, SummaryColumn::ofReadings);
        String ofHours = list(summary, SummaryColumn::ofHours);
        String derived = list(summary, SummaryColumn::name);
        String update = "ON CONFLICT (equipment_id, bucket) DO UPDATE SET "
                + list(summary, c -> c.name() + " = excluded." + c.name());
        String table = summary.stream().table();
        hours = """
                INSERT INTO %s (%s)
                SELECT date_trunc('hour', time, 'UTC'), equipment_id, %s FROM %s WHERE time >= ? AND time < ? GROUP BY 1, 2
                %s
                """.formatted(summary.hourTable(), names, ofReadings, table, update);
        day = """
                INSERT INTO %1$s (%2$s)
                SELECT ?, equipment_id, %3$s FROM %4$s WHERE bucket >= ? AND bucket < ?
                    AND equipment_id IN (SELECT equipment_id FROM %4$s WHERE bucket >= ? AND bucket < ?)
                GROUP BY equipment_id
                %5$s
                """.formatted(summary.dayTable(), names, ofHours, summary.hourTable(), update);
        // For each machine-hour one way through the index: the planner cannot make a look through all readings of it.
        lateHours = """
                INSERT INTO %1$s (%2$s)
                SELECT late.hour, late.machine, x.*
                FROM unnest(?::timestamptz[], ?::integer[]) AS late (hour, machine) CROSS JOIN LATERAL (
                    SELECT %3$s FROM %4$s
                    WHERE equipment_id = late.machine AND time >= late.hour AND time < late.hour + interval '1 hour' AND time >= ? AND time < ?
                ) AS x (%5$s)
                WHERE x.readings > 0 AND (late.hour >= ? OR NOT EXISTS (
                    SELECT FROM %1$s k WHERE k.equipment_id = late.machine AND k.bucket = late.hour))
                %6$s
                """.formatted(summary.hourTable(), names, ofReadings, table, derived, update);
        lateDays = """
                INSERT INTO %1$s (%2$s)
                SELECT late.day, late.machine, x.*
                FROM unnest(?::timestamptz[], ?::integer[]) AS late (day, machine) CROSS JOIN LATERAL (
                    SELECT %3$s FROM %4$s
                    WHERE equipment_id = late.machine AND bucket >= late.day AND bucket < late.day + interval '24 hours'
                        AND bucket >= ? AND bucket < ?
                ) AS x (%5$s)
                WHERE x.readings > 0
                %6$s
                """.formatted(summary.dayTable(), names, ofHours, summary.hourTable(), derived, update);
    }

    private static String list(StreamSummary summary, Function<SummaryColumn, String> part) {
        return summary.derived().stream().map(part).collect(Collectors.joining(", "));
    }
}
