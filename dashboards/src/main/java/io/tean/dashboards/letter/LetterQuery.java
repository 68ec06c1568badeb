package io.tean.dashboards.letter;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads dead letters within a scope, for pages and the API alike. */
final class LetterQuery {
    static final Sorting SORTING = new Sorting(columns(), "-received", "l.dead_letter_id");

    /** Without the payload, which a list need not carry. */
    private static final String SELECT = """
            SELECT l.dead_letter_id, l.received_at, l.last_received, l.device_id, l.equipment_code, l.stream, l.reason, l.detail,
                l.times, l.state, l.state_since, octet_length(l.payload) AS bytes
            """;

    private static final String FROM = " FROM dead_letter l ";

    private final Jdbi jdbi;

    LetterQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("received", "l.received_at");
        columns.put("times", "l.times");
        columns.put("device", "l.device_id");
        return columns;
    }

    Listing<Letter> list(Scope scope, LetterFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all dead letters of a list, however many, in its order. */
    void export(Scope scope, LetterFilter filter, Paging paging, Sheet.Sink sink, Function<Letter, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Letter> reader(Scope scope, LetterFilter filter) {
        Where where = where(scope, filter);
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                FROM + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> letter(row));
    }

    /** Empty when there is no such dead letter, or when it is out of the scope. */
    Optional<LetterCard> find(Scope scope, long id) {
        Where where = new Where(Reach.deadLetters(scope, "l")).and("l.dead_letter_id = :letter", "letter", id);
        Reach devices = Reach.devices(scope, "d");
        Reach equipment = Reach.equipment(scope, "e");
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + """
                        , l.payload,
                        (SELECT e.name FROM equipment e WHERE e.code = l.equipment_code AND %s) AS equipment_name,
                        EXISTS (SELECT FROM device d WHERE d.device_id = l.device_id AND %s) AS device_shown
                        """.formatted(equipment.condition(), devices.condition()) + FROM + where.sql())
                .bindMap(where.bindings())
                .bindMap(devices.bindings())
                .bindMap(equipment.bindings())
                .map((row, context) -> new LetterCard(
                        letter(row),
                        new Payload(row.getBytes("payload")),
                        Optional.ofNullable(row.getString("equipment_name")),
                        row.getBoolean("device_shown")))
                .findOne());
    }

    private static Where where(Scope scope, LetterFilter filter) {
        Where where = new Where(Reach.deadLetters(scope, "l"));
        if (!filter.search().isBlank()) {
            where.and(
                    "l.device_id ILIKE :q OR l.equipment_code ILIKE :q",
                    "q",
                    filter.search().pattern());
        }
        filter.device().ifPresent(device -> where.and("l.device_id = :device", "device", device));
        filter.reason().ifPresent(reason -> where.and("l.reason = :reason", "reason", reason));
        filter.stream().ifPresent(stream -> where.and("l.stream = :stream", "stream", stream));
        switch (filter.state()) {
            case LetterFilter.ALL -> {}
            case LetterFilter.OPEN -> where.and("l.state IN ('kept', 'to-replay')");
            default -> where.and("l.state = :state", "state", filter.state());
        }
        return where;
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getLong("dead_letter_id"),
                row.getTimestamp("received_at").toInstant(),
                row.getTimestamp("last_received").toInstant(),
                row.getString("device_id"),
                row.getString("equipment_code"),
                row.getString("stream"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("times"),
                LetterState.of(row.getString("state")).orElseThrow(),
                row.getTimestamp("state_since").toInstant(),
                row.getInt("bytes"));
    }
}
