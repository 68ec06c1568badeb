package io.tean.dashboards.machine;

import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The newest readings of a machine, stream by stream. */
final class NewestReadings {
    /** What is older is no news, and lies in chunks that need not be looked through. */
    static final Duration NO_NEWS = Duration.ofDays(90);

    private static final String VISITS = "maintenance-visit";
    private static final int MOST_RECORDS = 10;

    private NewestReadings() {}

    /** Of the category's streams that tell how things stand: the newest reading each, in the order of their names. */
    static List<Evidence> standing(Handle handle, StreamCatalogue streams, MachineKey machine, Instant now) {
        return machine.streams(streams).stream()
                .filter(StreamDeclaration::isStatus)
                .map(stream -> newest(handle, stream, machine, now, 1))
                .toList();
    }

    /** Of the category's streams that tell what happened: the newest first. Visits stand in their ledger, with what became of them. */
    static List<Evidence> happened(Handle handle, StreamCatalogue streams, MachineKey machine, Instant now) {
        return machine.streams(streams).stream()
                .filter(stream -> !stream.isStatus() && !stream.name().equals(VISITS))
                .map(stream -> newest(handle, stream, machine, now, MOST_RECORDS))
                .toList();
    }

    private static Evidence newest(Handle handle, StreamDeclaration stream, MachineKey machine, Instant now, int most) {
        // Names of a declaration, which are words and nothing else.
        String columns = stream.fields().stream().map(Field::name).collect(Collectors.joining(", "));
        List<Evidence.Row> rows = handle.createQuery("""
                        SELECT time, %s FROM %s
                        WHERE equipment_id = :machine AND time > :since ORDER BY time DESC LIMIT :most
                        """.formatted(columns, stream.table()))
                .bind("machine", machine.id())
                .bind("since", now.minus(NO_NEWS).atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .map((row, context) -> Evidence.Row.of(row, stream, false))
                .list();
        List<Field> fields = stream.fields().stream()
                .filter(field -> rows.stream().anyMatch(row -> row.value(field).isPresent()))
                .toList();
        return new Evidence(stream, fields, rows);
    }
}
