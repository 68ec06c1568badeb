package io.tean.app.faults;

import io.tean.app.load.House;
import io.tean.app.load.Login;
import io.tean.core.stream.StreamCatalogue;
import java.util.List;
import java.util.Random;

/** The house that the scenarios are played in, one after the other; each play gets machines that nobody has used before. */
final class Theatre implements AutoCloseable {
    private final House house;
    private final Check check;
    private final Lengths lengths;
    private final Random seeds;
    private int nextMachine;

    /** How a play went. */
    record Outcome(
            Scenario scenario, long seed, long acknowledged, long rssMib, List<String> notes, List<String> problems) {
        Outcome {
            notes = List.copyOf(notes);
            problems = List.copyOf(problems);
        }

        boolean good() {
            return problems.isEmpty();
        }
    }

    Theatre(String name, int plays, Lengths lengths, long seed) {
        this.lengths = lengths;
        this.seeds = new Random(seed);
        this.house = new House(name, plays * Stage.MACHINES);
        this.check = new Check(
                house.database(), StreamCatalogue.load(List.of(house.folder().resolve("streams"))));
    }

    Outcome play(Scenario scenario) {
        return play(scenario, List.of());
    }

    /** With some SQL between the play and the comparison. */
    Outcome play(Scenario scenario, List<String> sabotage) {
        long seed = seeds.nextLong();
        List<Login> logins = house.logins().subList(nextMachine, nextMachine + Stage.MACHINES);
        nextMachine += Stage.MACHINES;
        try (Stage stage = new Stage(house, scenario, logins, new Random(seed), lengths, check)) {
            List<String> problems = stage.run(sabotage);
            if (problems.isEmpty()) {
                check.forgetReadings();
            } else {
                house.repair();
            }
            return new Outcome(scenario, seed, stage.acknowledged(), stage.highestRssMib(), stage.notes(), problems);
        }
    }

    @Override
    public void close() {
        house.close();
    }
}
