package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import io.tean.core.store.StoreException;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Plays stored readings through the rules, with what the register knows now. Changes nothing. */
public final class History {
    /** Of one stream of one machine; more than a year of readings each minute. */
    private static final int MOST = 1_000_000;

    private final DataSource database;
    private final StreamCatalogue streams;
    private final Trial trial;

    public History(DataSource database, StreamCatalogue streams, Trial trial) {
        this.database = database;
        this.streams = streams;
        this.trial = trial;
    }

    /**
     * One machine after the other, in the order of their codes.
     *
     * @param code only this machine
     * @param each takes the machine's code and what happens
     * @return how many machines were played
     * @throws StoreException when the database does not answer
     */
    public int play(Optional<String> code, Instant from, Instant until, BiConsumer<String, List<Trial.Event>> each) {
        try (Connection connection = database.getConnection()) {
            Map<Integer, String> machines = machines(connection, code);
            for (var machine : machines.entrySet()) {
                each.accept(machine.getValue(), play(connection, machine.getKey(), from, until));
            }
            return machines.size();
        } catch (SQLException e) {
            throw new StoreException("cannot read the stored readings: " + e.getMessage(), e);
        }
    }

    private List<Trial.Event> play(Connection connection, int equipmentId, Instant from, Instant until)
            throws SQLException {
        List<Reading> readings = new ArrayList<>();
        for (StreamDeclaration stream : streams.all()) {
            if (trial.judges(stream.name())) {
                readings.addAll(StoredReadings.between(
                        connection, stream, equipmentId, WindowRows.micros(from), WindowRows.micros(until), MOST));
            }
        }
        Map<Reading, Map<String, Object>> facts = Facts.of(
                connection,
                readings.stream()
                        .filter(r -> trial.needsFacts(r.stream().name()))
                        .toList());
        return trial.play(readings, r -> facts.getOrDefault(r, Map.of()), until);
    }

    private static Map<Integer, String> machines(Connection connection, Optional<String> code) throws SQLException {
        Map<Integer, String> machines = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT equipment_id, code FROM equipment WHERE ?::text IS NULL OR code = ? ORDER BY code")) {
            select.setString(1, code.orElse(null));
            select.setString(2, code.orElse(null));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    machines.put(row.getInt(1), row.getString(2));
                }
            }
        }
        return machines;
    }
}
