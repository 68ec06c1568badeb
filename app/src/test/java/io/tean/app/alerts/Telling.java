package io.tean.app.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One machine's day as it is written: a usual reading every few minutes, and the readings of what happens to it. */
final class Telling {
    static final long SECOND = TimeUnit.SECONDS.toMicros(1);
    private static final long MINUTE = 60 * SECOND;
    /** Usual readings keep away from a story, so that they do not contradict it. */
    private static final long AWAY = 2 * MINUTE;

    private final int machine;
    private final SplittableRandom random;
    private final List<Sending> sendings = new ArrayList<>();
    private long begin = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private long number;
    private long subjectNumber = -1;

    /**
     * A message on its way.
     *
     * @param atMicros when it is sent, on the clock of the day
     */
    record Sending(long atMicros, int shape, long number, long timeMicros) {}

    Telling(int machine, SplittableRandom random) {
        this.machine = machine;
        this.random = random;
    }

    void story(Story story, long beginMicros, long endMicros) {
        begin = beginMicros;
        end = endMicros;
        story.tell(this);
    }

    /** After the story, if there is one. */
    void usual(Kind kind, long from, long to, long every) {
        int round = 0;
        for (long t = from + random.nextLong(every); t < to; t += every) {
            if (t < begin - AWAY || t > end + AWAY) {
                if (kind == Kind.FILLING_MACHINE) {
                    say(Shapes.FILL, (long) machine * Register.CYLINDERS + round++ % Register.ROUND, t, true);
                } else {
                    say(kind == Kind.ELEVATOR ? random.nextInt(2) : Shapes.STEAMING, number++, t, true);
                }
            }
        }
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    /** Number of the cylinder that the story is about, or -1. */
    long subjectNumber() {
        return subjectNumber;
    }

    List<Sending> sendings() {
        return sendings;
    }

    void say(int shape, long time) {
        say(shape, number++, time, true);
    }

    /** Never held back. */
    void sayInTime(int shape, long time) {
        say(shape, number++, time, false);
    }

    /** Over and over, from some seconds after the beginning until before the end. */
    void every(int afterSeconds, int seconds, int shape) {
        for (long t = begin + afterSeconds * SECOND; t < end; t += seconds * SECOND) {
            say(shape, t);
        }
    }

    /** One of the machine's own cylinders, at the beginning. */
    void fill(int shape, int cylinder) {
        subjectNumber = (long) machine * Register.CYLINDERS + cylinder;
        say(shape, subjectNumber, begin, true);
        end = begin;
    }

    private void say(int shape, long messageNumber, long time, boolean mayBeLate) {
        long sent = time;
        if (mayBeLate && random.nextInt(10) == 0) {
            sent += 2 * MINUTE + random.nextLong(6 * MINUTE);
        }
        sendings.add(new Sending(sent, shape, messageNumber, time));
        if (random.nextInt(10) == 0) {
            sendings.add(new Sending(sent + random.nextLong(10 * MINUTE), shape, messageNumber, time));
        }
    }
}
