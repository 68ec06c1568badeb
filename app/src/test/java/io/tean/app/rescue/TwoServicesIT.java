package io.tean.app.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.app.load.House;
import io.tean.app.load.TeanProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two services on one database, of which one is paused or killed while clocks of cases run. */
final class TwoServicesIT {
    private static final String LEVELS =
            "SELECT string_agg(level || ' ' || state, ', ' ORDER BY dispatch_id) FROM rescue_dispatch WHERE case_id = ";

    private static Crews crews;
    private static Path channels;
    private static House house;
    private static TeanProcess another;

    @BeforeAll
    static void open() throws IOException {
        crews = new Crews();
        channels = crews.channels();
        house = new House(
                "two-services-it",
                Collections.nCopies(2, "elevator"),
                Map.of("TEAN_ALERTING_CHANNELS", channels.toString()),
                Crews::settle);
        another = house.startAnother();
    }

    @AfterAll
    static void close() throws IOException {
        another.resume();
        another.kill();
        house.close();
        crews.close();
        Files.delete(channels);
    }

    @Test
    void oneIsPausedAndOneIsKilled_eachLevelIsCalledOnce() throws SQLException {
        Crews.execute(house, "INSERT INTO simulated_clock (at) VALUES (clock_timestamp())");
        Crews.publishEntrapment(house, 0);
        crews.awaitLink("firm", 1);

        another.pause();
        later("3 minutes 1 second");
        crews.awaitLink("station", 1);
        another.resume();
        assertThat(Crews.ask(house, LEVELS + 1)).isEqualTo("1 NO_ANSWER, 2 CALLED");

        Crews.publishEntrapment(house, 1);
        crews.awaitLink("firm", 2);
        house.service().pause();
        later("1 minute 46 seconds");
        Crews.await(
                "level 3 of the first case",
                () -> Crews.ask(house, LEVELS + 1).equals("1 NO_ANSWER, 2 NO_ANSWER, 3 CALLED"));
        later("1 minute 16 seconds");
        crews.awaitLink("station", 2);
        house.service().resume();
        house.service().kill();
        later("1 minute 46 seconds");
        Crews.await(
                "level 3 of the second case",
                () -> Crews.ask(house, LEVELS + 2).equals("1 NO_ANSWER, 2 NO_ANSWER, 3 CALLED"));

        assertThat(Crews.ask(house, LEVELS + 1)).isEqualTo("1 NO_ANSWER, 2 NO_ANSWER, 3 CALLED");
        assertThat(crews.calls("firm")).as("notices of calls to the firm").isEqualTo(2);
        assertThat(crews.calls("station")).as("notices of calls to the station").isEqualTo(2);
        assertThat(Crews.ask(house, "SELECT count(*) FROM delivery WHERE state <> 'handed_over' AND addresses <> '[]'"))
                .as("deliveries that were not handed over")
                .isEqualTo("0");
    }

    private static void later(String interval) throws SQLException {
        Crews.execute(house, "UPDATE simulated_clock SET at = at + interval '" + interval + "'");
    }
}
