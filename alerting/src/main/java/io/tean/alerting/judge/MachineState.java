package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What judging has to know of a machine: its newest readings, the conditions that hold, and those that cannot be told. Immutable.
 *
 * @param last the newest reading of each stream, by the stream's name
 * @param blind conditions that are unknown since an event time
 */
record MachineState(Map<String, Reading> last, List<Window> windows, List<Blind> blind) {
    static final MachineState NEW = new MachineState(Map.of(), List.of(), List.of());

    /** @param told whether it has lasted long enough to be told */
    record Blind(Ask ask, long sinceMicros, boolean told) {}

    MachineState {
        last = Map.copyOf(last);
        windows = List.copyOf(windows);
        blind = List.copyOf(blind);
    }

    /** Whether a reading is older than what is known of its stream. */
    boolean isPast(Reading reading) {
        Reading newest = last.get(reading.stream().name());
        return newest != null && reading.epochMicros() < newest.epochMicros();
    }

    Optional<Window> window(Ask ask) {
        for (Window window : windows) {
            if (window.isOf(ask)) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }

    Optional<Blind> blind(Ask ask) {
        for (Blind one : blind) {
            if (one.ask.equals(ask)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    MachineState with(Reading newest) {
        Map<String, Reading> all = new HashMap<>(last);
        all.put(newest.stream().name(), newest);
        return new MachineState(all, windows, blind);
    }

    MachineState withoutWindows() {
        return new MachineState(last, List.of(), blind);
    }

    MachineState with(Window window) {
        List<Window> all = new ArrayList<>(windows);
        all.removeIf(w -> w.isOf(window.ask()));
        all.add(window);
        return new MachineState(last, all, blind);
    }

    MachineState without(Window window) {
        return new MachineState(
                last, windows.stream().filter(w -> !w.equals(window)).toList(), blind);
    }

    MachineState with(Blind one) {
        List<Blind> all = new ArrayList<>(blind);
        all.removeIf(b -> b.ask.equals(one.ask));
        all.add(one);
        return new MachineState(last, windows, all);
    }

    MachineState without(Blind one) {
        return new MachineState(
                last, windows, blind.stream().filter(b -> !b.equals(one)).toList());
    }
}
