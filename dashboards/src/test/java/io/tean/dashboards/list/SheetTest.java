package io.tean.dashboards.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Workbooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "＝1+1"})
    void formula_isATextInTheWorkbook_andGetsAnApostropheInCsv(String formula) throws IOException {
        Sheet sheet = of(1, formula);
        Cell cell = Workbooks.sheets(workbook(sheet, 10)).getFirst().get(1).getCell(0);
        assertThat(cell.getType()).isEqualTo(CellType.STRING);
        assertThat(cell.getFormula()).isNull();
        assertThat(cell.getText()).isEqualTo(formula);
        assertThat(csv(sheet)).contains("'" + formula.substring(0, 1));
    }

    @Test
    void number_isANumber_andAnIdOfDigitsIsAText() throws IOException {
        Row row = Workbooks.sheets(workbook(of(1, 7L, "31103205002016010001"), 10))
                .getFirst()
                .get(1);
        assertThat(row.getCell(0).getType()).isEqualTo(CellType.NUMBER);
        assertThat(row.getCell(1).getText()).isEqualTo("31103205002016010001");
    }

    @Test
    void whatNoCellMayHold_isReplacedAndCut() throws IOException {
        Row row = Workbooks.sheets(workbook(of(1, "a\u0007b\uFFFE", "x".repeat(40_000)), 10))
                .getFirst()
                .get(1);
        assertThat(row.getCell(0).getText()).isEqualTo("a?b?");
        assertThat(row.getCell(1).getText()).hasSize(Xlsx.LONGEST).endsWith("…");
    }

    @Test
    void fullSheet_isFollowedByAnother_withTheHeading() throws IOException {
        List<List<Row>> sheets = Workbooks.sheets(workbook(of(1_201, "x"), 600));
        assertThat(sheets).extracting(List::size).containsExactly(601, 601, 2);
        assertThat(sheets.get(2).getFirst().getCell(0).getText()).isEqualTo("first");
    }

    private static Sheet of(int rows, Object... cells) {
        return new Sheet("any", List.of("first", "second"), sink -> {
            for (int row = 0; row < rows; row++) {
                sink.row(cells);
            }
        });
    }

    private static byte[] workbook(Sheet sheet, int mostRows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Xlsx.write(out, sheet, mostRows);
        return out.toByteArray();
    }

    private static String csv(Sheet sheet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Csv.write(out, sheet);
        return out.toString(StandardCharsets.UTF_8);
    }
}
