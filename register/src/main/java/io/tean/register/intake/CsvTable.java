package io.tean.register.intake;

import io.tean.register.RegisterException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with headings, and everything that is wrong with its rows, found in one go. */
public final class CsvTable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MOST_PROBLEMS = 1_000;

    private final Path file;
    private final List<String> columns;
    private final Set<String> present;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private CsvTable(Path file, List<String> columns, Set<String> present) {
        this.file = file;
        this.columns = columns;
        this.present = present;
    }

    /**
     * @param key the column whose value no other row may have
     * @throws RegisterException when the file cannot be read, or its headings are not the columns
     */
    public static CsvTable read(Path file, String key, List<String> needed, List<String> optional) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (Reader text = Files.newBufferedReader(file);
                CSVParser records = format.parse(text)) {
            List<String> columns = new ArrayList<>(needed);
            columns.addAll(optional);
            CsvTable table = new CsvTable(file, columns, headings(file, records.getHeaderNames(), needed, columns));
            Map<String, Long> seen = new HashMap<>();
            for (CSVRecord csv : records) {
                Row row = table.new Row(csv);
                table.rows.add(row);
                Long before = seen.putIfAbsent(row.cell(key), row.number());
                row.check(before == null, key, "stands in row " + before + " already");
                for (String column : columns) {
                    row.check(row.cell(column).indexOf(0) < 0, column, "holds a zero character");
                }
            }
            return table;
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            if (e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException) {
                throw new RegisterException(file + ": the file is not UTF-8; save it as \"CSV UTF-8\"", e);
            }
            throw new RegisterException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Set<String> headings(Path file, List<String> header, List<String> needed, List<String> columns) {
        Set<String> present = new TreeSet<>();
        header.forEach(name -> present.add(name.replace(BYTE_ORDER_MARK, "")));
        for (String column : needed) {
            if (!present.contains(column)) {
                throw new RegisterException(file + ": row 1: column " + column + " is missing; the columns are "
                        + String.join(",", columns));
            }
        }
        Set<String> unknown = new TreeSet<>(present);
        columns.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new RegisterException(
                    file + ": row 1: unknown columns " + unknown + "; the columns are " + String.join(",", columns));
        }
        return present;
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** @throws RegisterException with every problem of every row, one a line */
    public void requireSound() {
        if (!problems.isEmpty()) {
            throw new RegisterException(String.join(System.lineSeparator(), problems) + System.lineSeparator() + file
                    + ": nothing was imported, correct the rows and import the file again");
        }
    }

    /** One row, by the names of its columns. */
    public final class Row {
        private final CSVRecord csv;

        private Row(CSVRecord csv) {
            this.csv = csv;
        }

        private long number() {
            return csv.getRecordNumber() + 1;
        }

        /** The cell's text; empty when there is none. */
        public String cell(String column) {
            if (csv.isSet(column)) {
                return csv.get(column);
            }
            // A byte order mark in front of the first heading hides it.
            return csv.isSet(BYTE_ORDER_MARK + column) ? csv.get(BYTE_ORDER_MARK + column) : "";
        }

        public Optional<String> filled(String column) {
            return Optional.of(cell(column)).filter(text -> !text.isEmpty());
        }

        /** The cells of the columns that the file has: what it says nothing about stays as it is. */
        public Map<String, String> cells() {
            Map<String, String> cells = new HashMap<>();
            columns.stream().filter(present::contains).forEach(column -> cells.put(column, cell(column)));
            return cells;
        }

        public void check(boolean holds, String column, String problem) {
            if (!holds && problems.size() < MOST_PROBLEMS) {
                problems.add(file + ": row " + number() + ": " + column + " '" + cell(column) + "' " + problem);
            }
        }
    }
}
