package io.tean.simulators.city;

import io.tean.simulators.signal.Dice;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiPredicate;

/** Who gets which fate: numbers that hold for any size of city, the machines drawn by lot among those that a fate is possible for. */
final class Fates {
    private final Fate[] fates;
    private final int[] lots;
    private final boolean atLeastOne;
    private final BiPredicate<Fate, Integer> possible;

    /** @param possible whether the machine of a number, from 0, can have a fate */
    Fates(Dice dice, int machines, boolean atLeastOne, BiPredicate<Fate, Integer> possible) {
        this.fates = new Fate[machines];
        Arrays.fill(fates, Fate.SOUND);
        this.lots = new int[machines];
        this.atLeastOne = atLeastOne;
        this.possible = possible;
        for (int i = 0; i < machines; i++) {
            int other = dice.whole(0, i);
            lots[i] = lots[other];
            lots[other] = i;
        }
    }

    /** Those that few machines can have come first. */
    void draw(Collection<Fate> kinds) {
        for (Fate fate : kinds) {
            int left = fate.of(fates.length, atLeastOne);
            for (int i = 0; i < lots.length && left > 0; i++) {
                if (isFree(fate, lots[i])) {
                    fates[lots[i]] = fate;
                    if (fate == Fate.WORKER_TWICE) {
                        fates[lots[i] + 1] = Fate.WORKER_TWICE_TOO;
                    }
                    left--;
                }
            }
        }
    }

    private boolean isFree(Fate fate, int machine) {
        return fates[machine] == Fate.SOUND
                && possible.test(fate, machine)
                && (fate != Fate.WORKER_TWICE || fates[machine + 1] == Fate.SOUND);
    }

    Fate of(int machine) {
        return fates[machine];
    }
}
