package io.tean.app.command;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows of CSV as RFC 4180 has them. */
final class CsvOutput {
    private final PrintStream out;

    CsvOutput(PrintStream out) {
        this.out = out;
    }

    void row(String... cells) {
        out.println(Arrays.stream(cells).map(CsvOutput::cell).collect(Collectors.joining(",")));
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
