package io.tean.register.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** The first sheet of an XLSX; a formula counts as the value that was calculated last. */
final class XlsxRows implements SheetRows {
    /** All that is unpacked, in bytes. */
    private static final long MOST_UNPACKED = 4L * 1024 * 1024 * 1024;
    /** Of what the reader holds in memory as a whole: texts, styles. */
    private static final long MOST_HELD = 64L * 1024 * 1024;

    private static final int MOST_COLUMNS = 500;
    private static final BigDecimal EXACT = new BigDecimal("1e15");

    private final long size;
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private List<String> cells = List.of();
    private long number;

    XlsxRows(Path file) throws IOException {
        size = Files.size(file);
        measure(file);
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false));
            stream = workbook.getFirstSheet().openStream();
            rows = stream.iterator();
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException("the file is no XLSX that can be read: " + e.getMessage(), e);
        }
    }

    /** Small files can unpack to huge ones; the sizes that they tell are not to be believed, so they are measured. */
    private static void measure(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                long unpacked = 0;
                boolean held = !entry.getName().contains("worksheets/");
                try (InputStream in = zip.getInputStream(entry)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        unpacked += read;
                        all += read;
                        if (all > MOST_UNPACKED || (held && unpacked > MOST_HELD)) {
                            throw new UnreadableFileException(
                                    "the XLSX unpacks to more than can be read; save it as \"CSV UTF-8\"");
                        }
                    }
                }
            }
        } catch (ZipException e) {
            throw new UnreadableFileException("the file is no XLSX; save it as XLSX or \"CSV UTF-8\"", e);
        }
    }

    @Override
    public boolean next() {
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                number = row.getRowNum();
                if (row.getCellCount() > MOST_COLUMNS) {
                    throw new UnreadableFileException("row " + number + " has more than " + MOST_COLUMNS + " columns");
                }
                cells = texts(row);
                if (cells.stream().anyMatch(text -> !text.isEmpty())) {
                    return true;
                }
            }
            return false;
        } catch (ExcelReaderException | UncheckedIOException e) {
            throw new UnreadableFileException("cannot read the file after row " + number + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>(row.getCellCount());
        for (int i = 0; i < row.getCellCount(); i++) {
            texts.add(row.getOptionalCell(i).map(XlsxRows::text).orElse("").strip());
        }
        return texts;
    }

    private static String text(org.dhatim.fastexcel.reader.Cell cell) {
        if (cell.getType() == CellType.NUMBER && isMoment(cell.getDataFormatString())) {
            LocalDateTime moment = cell.asDate();
            return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? moment.toLocalDate().toString()
                    : moment.withNano(0).toString();
        }
        String raw = cell.getType() == CellType.STRING ? cell.getText() : cell.getRawValue();
        if (raw == null) {
            return "";
        }
        return cell.getType() == CellType.NUMBER ? plain(raw) : raw;
    }

    /** A whole number without exponent, as far as a spreadsheet holds it exactly. */
    private static String plain(String raw) {
        try {
            BigDecimal number = new BigDecimal(raw);
            return number.abs().compareTo(EXACT) < 0
                    ? number.stripTrailingZeros().toPlainString()
                    : raw;
        } catch (NumberFormatException e) {
            return raw;
        }
    }

    private static boolean isMoment(@org.jspecify.annotations.Nullable String format) {
        if (format == null) {
            return false;
        }
        String words = format.replaceAll("\"[^\"]*\"|\\[[^]]*]", "").toLowerCase(Locale.ROOT);
        return words.contains("yy") || (words.contains("d") && words.contains("m"));
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public List<String> cells() {
        return cells;
    }

    /** The reader does not tell where it is; a sheet has at most 1,048,576 rows. */
    @Override
    public long bytesRead() {
        return number == 0 ? 0 : Math.min(size, size * number / 1_048_576);
    }

    @Override
    public void close() {
        stream.close();
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
