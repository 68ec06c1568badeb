package io.tean.dashboards.list;

import java.io.IOException;
import java.io.OutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A list as an Excel workbook, written while it is read. Texts are stored as texts: none of them is ever a formula. A sheet holds
 * {@value #MOST_ROWS} rows; what is more goes on the next one.
 */
final class Xlsx {
    static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /** The format ends at 1,048,576 rows. */
    static final int MOST_ROWS = 1_000_000;
    /** What a cell may hold, by the format. */
    static final int LONGEST = 32_767;

    private static final int WRITTEN_AT_A_TIME = 500;

    private Xlsx() {}

    static void write(OutputStream out, Sheet sheet) throws IOException {
        write(out, sheet, MOST_ROWS);
    }

    static void write(OutputStream out, Sheet sheet, int mostRows) throws IOException {
        try (Workbook workbook = new Workbook(out, "Tean", null)) {
            Pages pages = new Pages(workbook, sheet, mostRows);
            sheet.rows().writeTo(pages);
            pages.end();
        }
    }

    /** One worksheet after the other, the heading on each. */
    private static final class Pages implements Sheet.Sink {
        private final Workbook workbook;
        private final Sheet sheet;
        private final int mostRows;
        private Worksheet page;
        private int pages;
        private int row;

        Pages(Workbook workbook, Sheet sheet, int mostRows) {
            this.workbook = workbook;
            this.sheet = sheet;
            this.mostRows = mostRows;
            this.page = begin();
        }

        private Worksheet begin() {
            pages++;
            Worksheet begun = workbook.newWorksheet(Integer.toString(pages));
            begun.freezePane(0, 1);
            for (int column = 0; column < sheet.heading().size(); column++) {
                begun.inlineString(0, column, text(sheet.heading().get(column)));
            }
            begun.range(0, 0, 0, sheet.heading().size() - 1).style().bold().set();
            row = 0;
            return begun;
        }

        @Override
        public void row(Object... cells) throws IOException {
            if (row == mostRows) {
                page.finish();
                page = begin();
            }
            row++;
            for (int column = 0; column < cells.length; column++) {
                if (cells[column] instanceof Number number) {
                    page.value(row, column, number);
                } else {
                    page.inlineString(row, column, text(cells[column]));
                }
            }
            if (row % WRITTEN_AT_A_TIME == 0) {
                page.flush();
            }
        }

        void end() throws IOException {
            page.finish();
        }

        /** Without what XML cannot hold, and no longer than a cell may be. */
        private static String text(Object cell) {
            String text = cell.toString().replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\uFFFE\uFFFF]", "?");
            return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        }
    }
}
