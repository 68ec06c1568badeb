package io.tean.app.faults;

import io.tean.app.load.Feed;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.MessageShape;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A way of hurting Tean; each plays on a stage of its own, whose load has not begun yet, and leaves a house that stands. */
enum Scenario {
    /** {@code kill -9} of the service; it is started again. */
    KILL_SERVICE {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.killService();
            stage.loadGoesOn();
        }
    },

    /** {@code kill -9} of PostgreSQL: of a backend, from which it recovers itself, or of all of it; then it is started again. */
    KILL_POSTGRES {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            if (stage.random().nextBoolean()) {
                stage.note("killing " + stage.house().database().killBackend(stage.random()));
            } else {
                stage.note("killing the postmaster");
                stage.house().database().kill();
                stage.house().database().start();
            }
            stage.loadGoesOn();
            stage.mustBecomeReady();
        }
    },

    /** PostgreSQL is stopped in good order, stays away, and comes back. */
    STOP_POSTGRES {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.house().database().stop();
            stage.mustBecomeUnready();
            stage.noneAcknowledgedDuring(stage.lengths().outage());
            stage.house().database().start();
            stage.mustBecomeReady();
            stage.loadGoesOn();
        }
    },

    /** SIGSTOP, later SIGCONT, of the service. */
    PAUSE_SERVICE {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.house().service().pause();
            Pauses.millis(stage.lengths().pause().toMillis());
            stage.house().service().resume();
            stage.loadGoesOn();
            stage.mustBecomeReady();
        }
    },

    /** SIGSTOP, later SIGCONT, of all of PostgreSQL: no connection breaks, and none answers. */
    PAUSE_POSTGRES {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.house().database().pause();
            if (stage.lengths().pause().compareTo(Stage.UNREADY_WITHIN) > 0) {
                stage.mustBecomeUnready();
            }
            stage.noneAcknowledgedDuring(stage.lengths().pause());
            stage.house().database().resume();
            stage.loadGoesOn();
            stage.mustBecomeReady();
        }
    },

    /** Everything is sent again, and the readings of a whole day as well. */
    DUPLICATES {
        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.drain();
            int terminals = stage.ledger().terminals().size();
            long yesterday = (System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1)) * 1_000;
            stage.publishAll(Feeds.day(yesterday, terminals), (long) terminals * Feeds.READINGS_OF_A_DAY);
            stage.replayChangesNothing();
        }
    },

    /** Readings up to seven days late, mixed with live ones, some too late. */
    LATE {
        @Override
        Feed feed(Stage stage) {
            return Feeds.liveAndLate(stage.random());
        }

        @Override
        void play(Stage stage) {
            stage.loadForAMoment();
            stage.loadGoesOn();
        }
    },

    /** Entrapments, while the service is killed and people close alerts; then everything is replayed. */
    ENTRAPMENT {
        @Override
        Feed feed(Stage stage) {
            return Feeds.events(stage.random());
        }

        @Override
        Pace pace() {
            return new Pace.Steady(800);
        }

        @Override
        List<MessageShape> shapes() {
            return List.of(LoadStreams.ENTRAPMENT, LoadStreams.BACK_TO_NORMAL);
        }

        @Override
        void play(Stage stage) {
            for (int kill = 0; kill < 2; kill++) {
                stage.loadForAMoment();
                closeSomeAlerts(stage);
                stage.killService();
                stage.loadGoesOn();
                closeSomeAlerts(stage);
            }
            stage.drain();
            stage.alertsMustFit();
            closeSomeAlerts(stage);
            stage.replayChangesNothing();
            stage.alertsMustFit();
        }

        // Many in one statement and in no order, as no person would: so deadlocks with the service are among the
        // moments.
        private static void closeSomeAlerts(Stage stage) {
            String close = """
                    UPDATE alert SET state = 'closed', closed_at = clock_timestamp(), closed_by = 'faults', cause = 'GENUINE'
                    WHERE state <> 'closed' AND alert_id %% 3 = %d
                    """.formatted(stage.random().nextInt(3));
            for (int deadlocks = 0; ; deadlocks++) {
                try (Connection connection = stage.house().database().connect();
                        Statement statement = connection.createStatement()) {
                    stage.note("closed " + statement.executeUpdate(close) + " alerts");
                    return;
                } catch (SQLException e) {
                    if (!DEADLOCK.equals(e.getSQLState()) || deadlocks == MOST_DEADLOCKS) {
                        throw new IllegalStateException("cannot close alerts: " + e.getMessage(), e);
                    }
                    stage.note("lost a deadlock");
                }
            }
        }
    };

    private static final String DEADLOCK = "40P01";
    private static final int MOST_DEADLOCKS = 20;

    abstract void play(Stage stage);

    Feed feed(Stage stage) {
        return Feed.live();
    }

    Pace pace() {
        return new Pace.Full();
    }

    List<MessageShape> shapes() {
        return List.of(LoadStreams.READING);
    }

    /** Its name on the command line, such as kill-service. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Scenario of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario '" + word + "'; there are "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Scenario::word).toList())));
    }
}
