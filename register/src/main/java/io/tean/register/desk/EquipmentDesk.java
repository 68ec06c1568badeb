package io.tean.register.desk;

import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.register.RegisterException;
import io.tean.register.intake.ImportMode;
import io.tean.register.intake.ImportRequest;
import io.tean.register.intake.Imported;
import io.tean.register.intake.Imports;
import io.tean.register.intake.Progress;
import io.tean.register.sheet.SheetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Changes one entry by hand: as a file of one row, so that what is checked, kept and audited is the same. */
public final class EquipmentDesk implements EquipmentDecisions {
    private static final String FILE = "by-hand.csv";

    private final DataSource database;
    private final Imports imports;

    public EquipmentDesk(DataSource database, Imports imports) {
        this.database = database;
        this.imports = imports;
    }

    @Override
    public Outcome change(String equipmentCode, Map<String, String> cells, String reason, Actor actor) {
        try {
            if (!isRegistered(equipmentCode)) {
                return new Outcome.Unknown();
            }
            Path file = Files.createTempFile("tean-", FILE);
            try {
                write(file, equipmentCode, cells);
                Imported done = imports.run(
                        new ImportRequest(
                                "equipment", file, FILE, ImportMode.ALL_OR_NOTHING, actor, Optional.of(reason)),
                        Progress.NOBODY);
                if (done.isWhole()) {
                    return done.changed() > 0 ? new Outcome.Done() : new Outcome.Unchanged();
                }
                Map<String, String> problems = problems(done.importId());
                done.problem().ifPresent(problem -> problems.put("code", problem));
                return new Outcome.Refused(problems);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (SQLException | IOException e) {
            throw new RegisterException("cannot change equipment " + equipmentCode + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String code, Map<String, String> cells) throws IOException {
        List<String> headings = new ArrayList<>(List.of("code"));
        List<String> values = new ArrayList<>(List.of(code));
        cells.forEach((heading, value) -> {
            if (!heading.equals("code")) {
                headings.add(heading);
                values.add(value);
            }
        });
        try (var out = Files.newOutputStream(file);
                SheetWriter writer = SheetWriter.of(FILE, out)) {
            writer.row(headings);
            writer.row(values);
        }
    }

    private boolean isRegistered(String code) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT FROM equipment WHERE code = ?")) {
            select.setString(1, code);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private Map<String, String> problems(long importId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT heading, string_agg(reason, '; ' ORDER BY reason) FROM import_problem WHERE import_id = ? GROUP BY 1 ORDER BY 1
                        """)) {
            select.setLong(1, importId);
            Map<String, String> problems = new LinkedHashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    problems.put(row.getString(1), row.getString(2));
                }
            }
            return problems;
        }
    }
}
