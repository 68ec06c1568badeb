package io.tean.dashboards.list;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A list as a CSV file that spreadsheets open without being tricked (OWASP ASVS V1.2.10). */
final class Csv {
    static final String TYPE = "text/csv; charset=utf-8";

    private static final Pattern FORMULA =
            Pattern.compile("^[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,15})?");
    /** Without it, spreadsheets on Windows take Chinese for something else. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Csv() {}

    static void write(OutputStream out, Sheet sheet) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        write(writer, sheet);
        writer.flush();
    }

    static void write(Writer writer, Sheet sheet) throws IOException {
        writer.write(BYTE_ORDER_MARK);
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        printer.printRecord(sheet.heading());
        sheet.rows().writeTo(cells -> {
            for (Object cell : cells) {
                printer.print(safe(cell));
            }
            printer.println();
        });
    }

    /** A text that a spreadsheet would compute gets an apostrophe before it; a number stays a number. */
    static String safe(Object cell) {
        String text = cell.toString();
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }
}
