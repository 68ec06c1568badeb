package io.tean.app.alerts;

import io.tean.app.alerts.Telling.Sending;
import io.tean.app.load.Draft;
import io.tean.app.load.Feed;
import io.tean.app.load.House;
import io.tean.app.load.Login;
import io.tean.app.load.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * All that the machines say in a day, and what is true of it, made from a seed. A tenth is sent twice, a tenth comes two to eight
 * minutes late. As a feed it gives what is sent until the moment that was opened.
 */
public final class ScriptedDay implements Feed {
    private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);
    private static final int WINDOW = 50;
    /** What is sent at the end is late or doubled. */
    private static final long LATEST = 20 * MINUTE;

    private final List<String> codes;
    private final List<List<Sending>> sendings;
    private final List<Fault> faults = new ArrayList<>();
    private final long[] sentAt;
    private final int[] next;
    private final long beginMicros;
    private final long endMicros;
    private volatile long openUntil = Long.MIN_VALUE;

    /**
     * @param end of the day, in the past
     * @param every how often a machine tells its usual state
     */
    public ScriptedDay(List<Login> logins, Instant end, Duration length, Duration every, long seed) {
        codes = logins.stream().map(Login::equipment).toList();
        endMicros = TimeUnit.SECONDS.toMicros(end.getEpochSecond());
        beginMicros = endMicros - length.toNanos() / 1_000;
        next = new int[codes.size()];
        sendings = IntStream.range(0, codes.size())
                .mapToObj(i -> machine(i, every.toNanos() / 1_000, new SplittableRandom(seed * 1_000_003 + i)))
                .toList();
        sentAt = sendings.stream()
                .flatMap(List::stream)
                .mapToLong(Sending::atMicros)
                .sorted()
                .toArray();
    }

    /** What the machines of a day are, for the house that they are registered in. */
    public static List<String> categories(int machines) {
        return IntStream.range(0, machines).mapToObj(i -> Kind.of(i).category).toList();
    }

    /** What the rules ask the register for, of a house whose first machines are those of the day. */
    public static House.Preparation preparation(int machines) {
        return (owner, codes) -> Register.fill(owner, codes, machines);
    }

    /** A connection for each machine. */
    public static List<Terminal> terminals(List<Login> logins) {
        return IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), WINDOW, null, Kind.of(i).shapes))
                .toList();
    }

    private List<Sending> machine(int index, long every, SplittableRandom random) {
        Telling telling = new Telling(index, random);
        Kind kind = Kind.of(index);
        if (random.nextInt(2) == 0) {
            List<Story> stories = Story.of(kind);
            Story story = stories.get(random.nextInt(stories.size()));
            // Thousandths of a second apart from what is told usually.
            long begin = beginMicros + 30 * MINUTE + random.nextLong(endMicros - beginMicros - 90 * MINUTE);
            telling.story(story, begin, begin + 5 * MINUTE + random.nextLong(15 * MINUTE));
            faults.add(new Fault(
                    story,
                    story.rule,
                    telling.subjectNumber() < 0 ? codes.get(index) : Shapes.cylinder(telling.subjectNumber()),
                    story.fires,
                    telling.begin(),
                    telling.end()));
        }
        telling.usual(kind, beginMicros, endMicros, every);
        return telling.sendings().stream()
                .sorted(Comparator.comparingLong(Sending::atMicros))
                .toList();
    }

    /** The ground truth, a fault a line. */
    public void writeTruth(Path file) {
        try {
            Files.writeString(
                    file,
                    faults.stream()
                            .map(Fault::line)
                            .reduce("story,rule,subject,fires,begin_micros,end_micros\n", (a, b) -> a + b + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ground truth " + file, e);
        }
    }

    @Override
    public boolean next(Terminal terminal, Draft draft) {
        List<Sending> all = sendings.get(terminal.index());
        int at = next[terminal.index()];
        if (at == all.size() || all.get(at).atMicros() > openUntil) {
            return false;
        }
        Sending sending = all.get(at);
        next[terminal.index()]++;
        draft.message(sending.shape(), sending.number(), sending.timeMicros());
        return true;
    }

    /** Lets everything out that is sent until then; how many messages that is, from the beginning on. */
    long open(long untilMicros) {
        openUntil = untilMicros;
        int found = Arrays.binarySearch(sentAt, untilMicros);
        int end = found < 0 ? -found - 1 : found;
        while (end < sentAt.length && sentAt[end] <= untilMicros) {
            end++;
        }
        return end;
    }

    long beginMicros() {
        return beginMicros;
    }

    /** When the last late one has been sent. */
    long lastMicros() {
        return endMicros + LATEST;
    }

    /** All messages, those that are sent twice counted twice. */
    public long messages() {
        return sentAt.length;
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    List<String> codes() {
        return codes;
    }
}
