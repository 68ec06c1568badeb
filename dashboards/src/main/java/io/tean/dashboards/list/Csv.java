package io.tean.dashboards.list;

import io.tean.dashboards.route.Answer;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A list as a CSV file that spreadsheets open without being tricked (OWASP ASVS V1.2.10). */
public final class Csv {
    private static final Pattern FORMULA =
            Pattern.compile("^[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,15})?");
    /** Without it, spreadsheets on Windows take Chinese for something else. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Writes rows one after the other. */
    public interface Rows {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes a row's cells. */
    public interface Sink {
        void row(Object... cells) throws IOException;
    }

    private Csv() {}

    public static Answer file(String name, List<String> heading, Rows rows) {
        return new Answer.Download(name, "text/csv; charset=utf-8", writer -> write(writer, heading, rows));
    }

    static void write(Writer writer, List<String> heading, Rows rows) throws IOException {
        writer.write(BYTE_ORDER_MARK);
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        printer.printRecord(heading);
        rows.writeTo(cells -> {
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
