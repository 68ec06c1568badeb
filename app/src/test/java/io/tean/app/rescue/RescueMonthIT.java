package io.tean.app.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.rescue.Limits;
import io.tean.alerting.rescue.Links;
import io.tean.alerting.rescue.RescueDesk;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.app.load.Browser;
import io.tean.app.load.House;
import io.tean.core.audit.Actor;
import io.tean.core.rescue.FaultCause;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Move;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A month of a city's rescues on the simulated clock: the figures of the pages are those of the script, which never looks at the database. */
final class RescueMonthIT {
    private static final long SEED = new SplittableRandom().nextLong(1, 1_000_000_000);
    private static final Instant MONTH = Instant.parse("2026-08-31T16:00:00Z");
    private static final int MACHINES = 30;
    private static final int CASES = 60;
    private static final List<FaultCause> CAUSES = List.of(FaultCause.values());
    private static final String PASSWORD = "Only-for-tests-4711";
    private static final Actor OPERATOR = Actor.account("duty", "127.0.0.1");

    private static House house;
    private static RescueDecisions desk;
    private static Browser inspector;

    /** What happens at a moment; who does it looks for the case by itself. */
    private record Event(Instant at, Runnable what) {}

    /** What the script knows of one case; times in seconds after its opening, -1 for never. */
    private record Truth(
            String outcome, int level, long answered, long arrived, long released, int people, FaultCause cause) {}

    private final SplittableRandom dice = new SplittableRandom(SEED);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
    private final List<Truth> truths = new ArrayList<>();

    @BeforeAll
    static void open() {
        house = new House("rescue-month-it", Collections.nCopies(MACHINES, "elevator"), Map.of(), Crews::settle);
        DataSource owner = house.database().source();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        desk = new RescueDesk(
                owner,
                RuleCatalogue.load(StreamCatalogue.builtIn(), List.of()),
                Limits.load(List.of()),
                Links.open(owner),
                new AlertCounts(meters),
                meters);
        new AccountLedger(owner)
                .add(new AccountDraft("officer", "监察员", "inspector", "", ""), Optional.of(PASSWORD), Actor.command());
        inspector = new Browser(house.http(), HttpClient.newHttpClient());
        inspector.logIn("officer", PASSWORD);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void figuresOfASimulatedMonth_areThoseOfItsScript() throws SQLException {
        Crews.execute(house, "INSERT INTO simulated_clock (at) VALUES ('" + MONTH + "')");
        for (int i = 0; i < CASES; i++) {
            // Cases overlap, those of one machine do not.
            plan(i % MACHINES, MONTH.plusSeconds(3_600 + i * 40_000L + dice.nextLong(30_000)));
        }
        while (!events.isEmpty()) {
            Event next = events.remove();
            moveTo(next.at);
            next.what.run();
        }

        JsonNode figures = new JsonMapper()
                .readTree(inspector.get("/api/v1/rescue-figures?month=2026-09").body())
                .get("figures");
        expected()
                .forEach((name, value) -> assertThat(
                                figures.at("/" + name.replace('.', '/')).asDouble(Double.NaN))
                        .as("%s, seed %d", name, SEED)
                        .isCloseTo(value, within(1e-6)));
    }

    /** Moves the clock, and waits until what was due by then is done. */
    private static void moveTo(Instant at) {
        try {
            Crews.execute(
                    house, "UPDATE simulated_clock SET at = '" + at + "'; SELECT pg_notify('tean_change', 'case')");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot move the clock to " + at, e);
        }
        Crews.await(
                "case without a step that is due",
                () -> Crews.ask(house, "SELECT count(*) FROM rescue_case WHERE next_due_at <= tean_now()")
                        .equals("0"));
    }

    private void plan(int machine, Instant opening) {
        int people = dice.nextInt(1, 5);
        boolean button = dice.nextInt(3) == 0;
        FaultCause cause = CAUSES.get(dice.nextInt(CAUSES.size()));
        at(
                opening,
                0,
                () -> desk.takeIn(
                        new RescueDecisions.Call(
                                OptionalInt.of(equipment(machine)),
                                "",
                                Optional.empty(),
                                button,
                                new RescueDecisions.Details(
                                        "", "", OptionalInt.of(people), OptionalInt.empty(), true, ""),
                                Optional.empty()),
                        OPERATOR));
        switch (dice.nextInt(10)) {
            case 0 -> {
                long end = dice.nextLong(20, 170);
                at(opening, end, () -> decide(machine, new RescueDecisions.FalseAlarm("误报")));
                close(machine, opening, end, cause);
                truths.add(new Truth("FALSE_ALARM", 1, -1, -1, end, 0, cause));
            }
            case 1 -> {
                long answered = dice.nextLong(10, 170);
                long end = answered + dice.nextLong(60, 600);
                at(opening, answered, () -> decide(machine, new RescueDecisions.Answer(called(machine))));
                at(opening, end, () -> decide(machine, new RescueDecisions.SelfRelease("自行脱困")));
                close(machine, opening, end, cause);
                truths.add(new Truth("SELF_RELEASED", 1, answered, -1, end, 0, cause));
            }
            default -> rescued(machine, opening, people, cause);
        }
    }

    private void rescued(int machine, Instant opening, int people, FaultCause cause) {
        // Level 1 has 180 s, level 2 after it 105 s.
        int level = dice.nextInt(4) == 0 ? 2 : dice.nextInt(12) == 0 ? 3 : 1;
        long calledAt = level == 1 ? 0 : level == 2 ? 180 : 285;
        for (long due : List.of(180L, 285L)) {
            if (calledAt >= due) {
                at(opening, due, () -> {});
            }
        }
        long answered = calledAt + dice.nextLong(10, 100);
        // Who said no forecast and is not there after thirty minutes has the next level called.
        long arrived = answered + dice.nextLong(120, 1_300);
        long released = arrived + dice.nextLong(60, 1_800);
        at(opening, answered, () -> decide(machine, new RescueDecisions.Answer(called(machine))));
        at(opening, answered + 5, () -> decide(machine, new RescueDecisions.Depart(active(machine), Optional.empty())));
        at(opening, arrived, () -> decide(machine, new RescueDecisions.Arrive(active(machine), Optional.empty())));
        at(
                opening,
                released,
                () -> decide(
                        machine,
                        new RescueDecisions.Release(
                                OptionalLong.of(active(machine)), OptionalInt.of(people), OptionalInt.of(0))));
        close(machine, opening, released, cause);
        truths.add(new Truth("RELEASED", level, answered, arrived, released, people, cause));
    }

    private void close(int machine, Instant opening, long end, FaultCause cause) {
        at(opening, end + 600, () -> decide(machine, new RescueDecisions.Close(cause, false, "已处理")));
    }

    private void at(Instant opening, long seconds, Runnable what) {
        events.add(new Event(opening.plusSeconds(seconds), what));
    }

    private static void decide(int machine, Move move) {
        long rescue = Long.parseLong(Crews.ask(
                house,
                "SELECT max(case_id) FROM rescue_case WHERE state <> 'CLOSED' AND equipment_id = "
                        + equipment(machine)));
        assertThat(desk.decide(rescue, move, OptionalInt.empty(), OPERATOR))
                .as("%s, seed %d", move, SEED)
                .isInstanceOf(RescueDecisions.Done.class);
    }

    private static int equipment(int machine) {
        return Integer.parseInt(Crews.ask(
                house,
                "SELECT equipment_id FROM equipment WHERE code = '"
                        + house.logins().get(machine).equipment() + "'"));
    }

    private static long called(int machine) {
        return dispatch(machine, "'CALLED'");
    }

    private static long active(int machine) {
        return dispatch(machine, "'ANSWERED', 'ON_THE_WAY', 'ARRIVED'");
    }

    private static long dispatch(int machine, String states) {
        return Long.parseLong(Crews.ask(house, """
                SELECT max(d.dispatch_id) FROM rescue_dispatch d JOIN rescue_case c USING (case_id)
                WHERE c.state <> 'CLOSED' AND d.state IN (%s) AND c.equipment_id = %d
                """.formatted(states, equipment(machine))));
    }

    /** By the script alone. */
    private Map<String, Double> expected() {
        List<Truth> real =
                truths.stream().filter(t -> !t.outcome.equals("FALSE_ALARM")).toList();
        List<Double> arrivals = minutes(real, t -> t.arrived < 0 ? -1 : t.arrived);
        List<Double> work =
                minutes(real, t -> t.arrived < 0 || !t.outcome.equals("RELEASED") ? -1 : t.released - t.arrived);
        Map<String, Double> expected = new TreeMap<>();
        expected.put("cases", (double) truths.size());
        expected.put("entrapment", (double) real.size());
        for (String outcome : List.of("RELEASED", "SELF_RELEASED", "FALSE_ALARM")) {
            expected.put(outcome.toLowerCase(java.util.Locale.ROOT), (double)
                    truths.stream().filter(t -> t.outcome.equals(outcome)).count());
        }
        for (int level = 1; level <= 3; level++) {
            int of = level;
            expected.put("level_" + level, (double)
                    truths.stream().filter(t -> t.level == of).count());
        }
        expected.put("arrived_in_30", (double)
                real.stream().filter(t -> t.arrived >= 0 && t.arrived <= 1_800).count());
        expected.put("answered_in_3", (double) truths.stream()
                .filter(t -> t.answered >= 0 && t.answered <= 180)
                .count());
        expected.put("people_released", (double)
                truths.stream().mapToInt(Truth::people).sum());
        expected.put("arrival_minutes.mean", mean(arrivals));
        expected.put("arrival_minutes.p90", p90(arrivals));
        expected.put("rescue_work_minutes.mean", mean(work));
        expected.put("rescue_work_minutes.p90", p90(work));
        expected.put(
                "mean_answer_seconds",
                truths.stream()
                        .filter(t -> t.answered >= 0)
                        .mapToLong(Truth::answered)
                        .average()
                        .orElseThrow());
        return expected;
    }

    private static List<Double> minutes(List<Truth> truths, java.util.function.ToLongFunction<Truth> seconds) {
        return truths.stream()
                .mapToLong(seconds)
                .filter(s -> s >= 0)
                .mapToObj(s -> Duration.ofSeconds(s).toMillis() / 60_000.0)
                .sorted()
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    /** Between the two neighbours, as statistics have it. */
    private static double p90(List<Double> sorted) {
        double place = 0.9 * (sorted.size() - 1);
        int below = (int) place;
        double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return sorted.get(below) + (place - below) * (above - sorted.get(below));
    }
}
