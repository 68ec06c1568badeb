package io.tean.register.sheet;

import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV in UTF-8, with or without a byte order mark. */
final class CsvRows implements SheetRows {
    /** An open quotation mark would make one row of all the rest. */
    private static final int LONGEST_ROW = 1_000_000;

    private final Counted bytes;
    private final Bounded text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private List<String> cells = List.of();
    private long number;

    CsvRows(Path file) throws IOException {
        bytes = new Counted(Files.newInputStream(file));
        try {
            // A decoder that is asked for refuses what is not UTF-8; the constructor that takes a charset would replace
            // it.
            text = new Bounded(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
            parser = CSVFormat.RFC4180
                    .builder()
                    .setTrim(true)
                    .setIgnoreEmptyLines(true)
                    .get()
                    .parse(text);
            records = parser.iterator();
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public boolean next() {
        try {
            text.left = LONGEST_ROW;
            if (!records.hasNext()) {
                return false;
            }
            CSVRecord row = records.next();
            cells = row.toList();
            number = row.getRecordNumber();
            return true;
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            if (e instanceof UncheckedIOException && e.getCause() instanceof CharacterCodingException) {
                throw new UnreadableFileException(
                        "the file is not UTF-8 (after row " + number + "), perhaps GBK; save it as \"CSV UTF-8\"", e);
            }
            throw new UnreadableFileException("cannot read the file after row " + number + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public List<String> cells() {
        return cells;
    }

    @Override
    public long bytesRead() {
        return bytes.count;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts the bytes that it lets through. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }

    /** Lets no row through that is too long to be one. */
    private static final class Bounded extends FilterReader {
        private int left = LONGEST_ROW;

        Bounded(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int characters) throws IOException {
            left -= characters;
            if (left < 0) {
                throw new IOException(
                        "a row has more than " + LONGEST_ROW + " characters; perhaps a quotation mark is not closed");
            }
        }
    }
}
