package io.tean.dashboards;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** Reads XLSX files as a spreadsheet would. */
public final class Workbooks {
    private Workbooks() {}

    /** The rows of each sheet. */
    public static List<List<Row>> sheets(byte[] file) {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<List<Row>> sheets = new ArrayList<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                sheets.add(sheet.read());
            }
            return sheets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All cells, a row on a line. */
    public static String text(byte[] file) {
        return sheets(file).stream()
                .flatMap(List::stream)
                .map(row -> row.stream()
                        .map(cell -> cell == null ? "" : cell.getText())
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }
}
