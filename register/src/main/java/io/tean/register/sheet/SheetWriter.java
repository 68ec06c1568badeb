package io.tean.register.sheet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows, one at a time, so that no spreadsheet calculates what it should show. The stream stays open. */
public sealed interface SheetWriter extends AutoCloseable {
    void row(List<String> cells) throws IOException;

    @Override
    void close() throws IOException;

    /** An XLSX when the file is called so, else CSV in UTF-8 with a byte order mark, by which Excel knows it. */
    static SheetWriter of(String fileName, OutputStream out) throws IOException {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".xlsx") ? new Xlsx(out) : new Csv(out);
    }

    /** A negative number begins like a formula too, and is none. */
    private static String safe(String text) {
        return isNumber(text) ? text : Formula.guarded(text);
    }

    private static boolean isNumber(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        return text.length() > first && text.chars().skip(first).allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    /** RFC 4180, with the line ends of Windows. */
    final class Csv implements SheetWriter {
        private final Writer out;

        private Csv(OutputStream stream) throws IOException {
            out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
            out.write('\uFEFF');
        }

        @Override
        public void row(List<String> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                cell(safe(cells.get(i)));
            }
            out.write("\r\n");
        }

        private void cell(String text) throws IOException {
            boolean plain = true;
            for (int i = 0; i < text.length() && plain; i++) {
                char c = text.charAt(i);
                plain = c != ',' && c != '"' && c != '\n' && c != '\r';
            }
            if (plain) {
                out.write(text);
            } else {
                out.write('"');
                out.write(text.replace("\"", "\"\""));
                out.write('"');
            }
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /** One sheet; all cells are texts, so that long codes keep their digits. */
    final class Xlsx implements SheetWriter {
        private static final int MOST_ROWS = 1_048_576;
        private static final int FLUSHED = 1_000;

        private final Workbook workbook;
        private final Worksheet sheet;
        private int rows;

        private Xlsx(OutputStream stream) {
            workbook = new Workbook(stream, "Tean", null);
            sheet = workbook.newWorksheet("Tean");
        }

        @Override
        public void row(List<String> cells) throws IOException {
            if (rows >= MOST_ROWS) {
                throw new IOException("an XLSX has at most " + MOST_ROWS + " rows; write a CSV");
            }
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    sheet.inlineString(rows, i, safe(cells.get(i)));
                }
            }
            rows++;
            if (rows % FLUSHED == 0) {
                sheet.flush();
            }
        }

        @Override
        public void close() throws IOException {
            workbook.finish();
        }
    }
}
