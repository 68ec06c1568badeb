package io.tean.app.alerts;

import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Plays a day: some minutes of it are sent as fast as the service takes them; when they are acknowledged the simulated clock moves
 * on to them, and the next follow.
 */
public final class DayPlayer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final House house;
    private final ScriptedDay day;
    private final long stepMicros;

    /** May hurt the service while a step is under way. */
    public interface Disturbance {
        void at(int step, int steps);
    }

    public DayPlayer(House house, ScriptedDay day, Duration step) {
        this.house = house;
        this.day = day;
        this.stepMicros = step.toNanos() / 1_000;
    }

    /** The messages that were acknowledged: all. */
    public long play(Disturbance disturbance) throws SQLException {
        int steps = (int) ((day.lastMicros() - day.beginMicros() + stepMicros - 1) / stepMicros);
        try (Connection owner = house.database().connect();
                Fleet fleet = new Fleet(
                        house.mqtt(),
                        ScriptedDay.terminals(
                                house.logins().subList(0, day.codes().size())),
                        day,
                        Recorder.NONE)) {
            moveClock(owner, day.beginMicros());
            fleet.awaitOnline(day.codes().size(), PATIENCE);
            for (int step = 1; step <= steps; step++) {
                long until = day.beginMicros() + step * stepMicros;
                long wanted = day.open(until);
                fleet.pace(new Pace.Full());
                disturbance.at(step, steps);
                awaitAcknowledged(fleet, wanted);
                moveClock(owner, until);
            }
            return fleet.acknowledged();
        }
    }

    private static void awaitAcknowledged(Fleet fleet, long wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (fleet.acknowledged() < wanted) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(fleet.acknowledged() + " of " + wanted
                        + " messages are acknowledged after " + PATIENCE.toSeconds() + " s: see the service's log");
            }
            Pauses.millis(2);
        }
    }

    /** The real clock again. */
    public static void stopClock(House house) throws SQLException {
        try (Connection owner = house.database().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("DELETE FROM simulated_clock");
        }
    }

    private static void moveClock(Connection owner, long micros) throws SQLException {
        try (PreparedStatement put = owner.prepareStatement(
                "INSERT INTO simulated_clock (at) VALUES (?) ON CONFLICT (one) DO UPDATE SET at = excluded.at")) {
            put.setObject(
                    1,
                    OffsetDateTime.ofInstant(
                            Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)), ZoneOffset.UTC));
            put.executeUpdate();
        }
    }
}
