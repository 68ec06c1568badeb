package io.tean.simulators.city;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A CSV file that grows row by row, whatever its length. */
final class Sheet implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final String[] columns;
    private final BufferedWriter out;
    private final StringBuilder line = new StringBuilder(1024);

    private Sheet(Path file, String[] columns, BufferedWriter out) {
        this.file = file;
        this.columns = columns;
        this.out = out;
    }

    static Sheet in(Path folder, String name, String headings) throws IOException {
        Path file = folder.resolve(name);
        var sheet = new Sheet(
                file,
                headings.split(","),
                new BufferedWriter(
                        new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8), BUFFER));
        sheet.out.write(headings + "\n");
        return sheet;
    }

    /** A row; what a cell holds needs no quoting in any of our files. */
    void row(Object... cells) {
        if (cells.length != columns.length) {
            throw new IllegalArgumentException(file + " has " + columns.length + " columns, not " + cells.length);
        }
        line.setLength(0);
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            line.append(cells[i]);
        }
        line.append('\n');
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** A row of a sheet with many columns, of which few are filled. */
    void row(Map<String, ?> cells) {
        row(Arrays.stream(columns)
                .map(column -> cells.containsKey(column) ? cells.get(column) : "")
                .toArray());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
