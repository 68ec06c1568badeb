package io.tean.ingest.summary;

import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.TestStreams;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.CountedOutcomes;
import io.tean.ingest.arrival.Messages;
import io.tean.ingest.store.BatchStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** A database with the probe's stream, a lane's store that notes late readings, and one clock for both. */
final class ProbeHouse implements AutoCloseable {
    static final StreamCatalogue CATALOGUE = TestStreams.withProbe();
    /** What is over at this moment is over; readings of tests arrive around it. */
    static final Instant NOON = Instant.parse("2026-11-22T00:00:00Z");

    final TestDatabase database = TestDatabase.fresh(CATALOGUE);
    final DataSource pool = database.pool();
    final Summaries summaries = new Summaries(pool, CATALOGUE);
    private final Messages messages = new Messages(CATALOGUE);
    private Instant now = NOON;
    private final BatchStore store = new BatchStore(List.of(new LateReadings(() -> now)), new CountedOutcomes());

    void empty() {
        database.execute("""
                TRUNCATE test_probe, test_probe_hour, test_probe_day, summary_mark, summary_late, simulated_clock, dead_letter, rejudge_mark
                """);
        at(NOON);
    }

    /** Sets the service's clock and the database's. */
    void at(Instant moment) {
        now = moment;
        database.execute("DELETE FROM simulated_clock; INSERT INTO simulated_clock (at) VALUES ('" + moment + "')");
    }

    Instant now() {
        return now;
    }

    Arrival reading(int machine, Instant time, int number, String level, boolean flag) {
        return messages.message("test-probe", machine, """
                {"time":%d,"kind":"a","number":%d,"level":%s,"flag":%s}""".formatted(time.toEpochMilli(), number, level, flag));
    }

    void store(List<Arrival> batch) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            store.store(connection, batch, false);
        }
    }

    void store(int machine, Instant time, int number) throws SQLException {
        store(List.of(reading(machine, time, number, "0.5", true)));
    }

    /** Rows that differ between the kept summaries and those that a query makes from all readings of hours that are over. */
    long differences() {
        return differences("test_probe_hour", "date_trunc('hour', time, 'UTC')")
                + differences("test_probe_day", "date_trunc('day', time, 'Asia/Shanghai')");
    }

    private long differences(String table, String bucket) {
        String kept = """
                SELECT bucket, equipment_id, readings, number_n, number_min, number_max, number_sum, flag_n, flag_true,
                    level_n, level_min, level_max, level_sum FROM %s""".formatted(table);
        String made = """
                SELECT %s, equipment_id, count(*)::integer, count(number)::integer, min(number), max(number), sum(number), count(flag)::integer,
                    sum(CASE WHEN flag THEN 1 ELSE 0 END)::integer, count(level)::integer, min(level), max(level), sum(level)
                FROM test_probe WHERE time < (SELECT summarised_to FROM summary_mark WHERE stream = 'test-probe') GROUP BY 1, 2
                """.formatted(bucket);
        return database.number("SELECT count(*) FROM ((" + kept + " EXCEPT " + made + ") UNION ALL (" + made
                + " EXCEPT " + kept + ")) d");
    }

    long hours() {
        return database.number("SELECT count(*) FROM test_probe_hour");
    }

    @Override
    public void close() {
        database.close();
    }
}
