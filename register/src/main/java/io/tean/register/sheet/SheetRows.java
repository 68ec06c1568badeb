package io.tean.register.sheet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rows of a file, one at a time; the first holds the headings. Whoever opens it closes it. */
public interface SheetRows extends AutoCloseable {
    /** How large a file may be, in bytes. */
    long MOST_BYTES = 2L * 1024 * 1024 * 1024;

    /** How many rows it may have. */
    long MOST_ROWS = 5_000_000;

    /**
     * Goes to the next row that is not empty.
     *
     * @return false at the end
     * @throws UnreadableFileException when the file cannot be read on
     */
    boolean next();

    /** The number of this row in the file, from 1. */
    long number();

    /** The cells of this row, trimmed. */
    List<String> cells();

    /** How many bytes of the file have been read; of an XLSX an estimate. */
    long bytesRead();

    @Override
    void close();

    /** @throws UnreadableFileException when it is too large, missing, or neither CSV nor XLSX */
    static SheetRows open(Path file, String name) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnreadableFileException("the file has more than 2 GB; divide it");
            }
            String kind = name.toLowerCase(Locale.ROOT);
            if (kind.endsWith(".xls")) {
                throw new UnreadableFileException("the file is an old XLS; save it as XLSX or \"CSV UTF-8\"");
            }
            return kind.endsWith(".xlsx") ? new XlsxRows(file) : new CsvRows(file);
        } catch (IOException e) {
            throw new UnreadableFileException("cannot read the file: " + e.getMessage(), e);
        }
    }
}
