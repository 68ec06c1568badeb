package io.tean.app.faults;

import io.tean.app.load.MessageShape;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The recorder: every message that was ever published, and whether its PUBACK arrived. It keeps in memory what the check needs,
 * and appends every PUBLISH and every PUBACK to a file for people. Written by a fleet's thread; read when the fleet is still.
 */
final class Ledger implements Recorder, AutoCloseable {
    private final List<Terminal> terminals;
    private final List<MessageShape> shapes;
    private final List<Page> pages;
    private final Path file;
    private final BufferedWriter writer;

    /** One terminal's messages by their numbers. */
    private static final class Page {
        long[] times = new long[1024];
        byte[] shapes = new byte[1024];
        int[] acknowledged = new int[1024];
        int count;

        void room(int number) {
            if (number >= times.length) {
                int more = Math.max(number + 1, times.length * 2);
                times = Arrays.copyOf(times, more);
                shapes = Arrays.copyOf(shapes, more);
                acknowledged = Arrays.copyOf(acknowledged, more);
            }
        }
    }

    /** A message as it was published. */
    record Entry(Terminal terminal, MessageShape shape, long number, long epochMicros, boolean acknowledged) {
        String payload() {
            return shape.payload(terminal.login().equipment(), number, epochMicros);
        }
    }

    /** Takes the entries one by one. */
    interface Reader {
        void read(Entry entry) throws IOException, java.sql.SQLException;
    }

    Ledger(List<Terminal> terminals, List<MessageShape> shapes, Path file) {
        this.terminals = List.copyOf(terminals);
        this.shapes = List.copyOf(shapes);
        this.pages = terminals.stream().map(t -> new Page()).toList();
        this.file = file;
        try {
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    @Override
    public void published(Terminal terminal, int shape, long number, long epochMicros, boolean again, long nanos) {
        Page page = pages.get(terminal.index());
        int at = Math.toIntExact(number);
        page.room(at);
        page.times[at] = epochMicros;
        page.shapes[at] = (byte) shape;
        page.count = Math.max(page.count, at + 1);
        write(again ? "PUBLISH-AGAIN " : "PUBLISH ", terminal, number, epochMicros, nanos);
    }

    @Override
    public void acknowledged(Terminal terminal, int shape, long number, long epochMicros, long nanos) {
        pages.get(terminal.index()).acknowledged[Math.toIntExact(number)]++;
        write("PUBACK ", terminal, number, epochMicros, nanos);
    }

    private void write(String what, Terminal terminal, long number, long epochMicros, long nanos) {
        try {
            writer.append(what)
                    .append(terminal.login().device())
                    .append(' ')
                    .append(Long.toString(number))
                    .append(' ')
                    .append(Long.toString(epochMicros))
                    .append(" at ")
                    .append(Long.toString(System.currentTimeMillis()))
                    .append(' ')
                    .append(Long.toString(nanos))
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    List<Terminal> terminals() {
        return terminals;
    }

    List<MessageShape> shapes() {
        return shapes;
    }

    int count(Terminal terminal) {
        return pages.get(terminal.index()).count;
    }

    /** All messages of all terminals. */
    long count() {
        return pages.stream().mapToLong(p -> p.count).sum();
    }

    long time(Terminal terminal, int number) {
        return pages.get(terminal.index()).times[number];
    }

    int shape(Terminal terminal, int number) {
        return pages.get(terminal.index()).shapes[number];
    }

    void readAll(Reader reader) throws IOException, java.sql.SQLException {
        for (Terminal terminal : terminals) {
            Page page = pages.get(terminal.index());
            for (int i = 0; i < page.count; i++) {
                reader.read(
                        new Entry(terminal, shapes.get(page.shapes[i]), i, page.times[i], page.acknowledged[i] > 0));
            }
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }
}
