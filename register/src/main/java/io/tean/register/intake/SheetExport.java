package io.tean.register.intake;

import io.tean.register.RegisterException;
import io.tean.register.sheet.CellType.Reference;
import io.tean.register.sheet.Heading;
import io.tean.register.sheet.Language;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.SheetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Writes what is registered as a file that, imported again, changes nothing. */
public final class SheetExport {
    private final DataSource database;
    private final List<Landing> landings;

    public SheetExport(DataSource database, List<Landing> landings) {
        this.database = database;
        this.landings = List.copyOf(landings);
    }

    /**
     * Writes all rows of a kind.
     *
     * @param fileName its ending tells CSV from XLSX
     * @return how many rows
     */
    public long write(String kind, String fileName, Language language, OutputStream out) throws IOException {
        Landing landing = landings.stream()
                .filter(l -> l.sheet().name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RegisterException("'" + kind + "' is none of the kinds "
                        + landings.stream().map(l -> l.sheet().name()).collect(Collectors.joining(", "))));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                SheetWriter writer = SheetWriter.of(fileName, out)) {
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.setFetchSize(2_000);
            writer.row(landing.sheet().headings(language));
            long rows = 0;
            try (ResultSet row = statement.executeQuery(query(landing))) {
                int columns = landing.sheet().headings().size();
                while (row.next()) {
                    List<String> cells = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        String cell = row.getString(i);
                        cells.add(cell == null ? "" : cell);
                    }
                    writer.row(cells);
                    rows++;
                }
            }
            connection.rollback();
            return rows;
        } catch (SQLException e) {
            throw new RegisterException("cannot export " + kind + ": " + e.getMessage(), e);
        }
    }

    /** A file with nothing but the headings. */
    public static void writeTemplate(Sheet sheet, String fileName, Language language, OutputStream out)
            throws IOException {
        try (SheetWriter writer = SheetWriter.of(fileName, out)) {
            writer.row(sheet.headings(language));
        }
    }

    private static String query(Landing landing) {
        List<Heading> headings = landing.sheet().headings();
        boolean ofMachine = headings.stream().anyMatch(h -> h.type().reference() == Reference.EQUIPMENT);
        // Machines are found by their normal code, and shown by the one that was delivered.
        return "SELECT "
                + headings.stream()
                        .map(h -> h.type().reference() == Reference.EQUIPMENT
                                ? "x.code"
                                : Staging.text("r." + h.name(), h.type()))
                        .collect(Collectors.joining(", "))
                + " FROM (" + landing.exported() + ") r"
                + (ofMachine ? " LEFT JOIN equipment x ON x.normal_code = r.equipment_code" : "")
                + " ORDER BY "
                + landing.sheet().key().stream().map(k -> "r." + k).collect(Collectors.joining(", "));
    }
}
