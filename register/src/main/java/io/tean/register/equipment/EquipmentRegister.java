package io.tean.register.equipment;

import io.tean.core.equipment.EquipmentCode;
import io.tean.register.RegisterException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The machines that are known, by their published code. */
public final class EquipmentRegister {
    private static final List<String> COLUMNS =
            List.of("code", "category", "name", "division_code", "site_address", "rescue_code");
    private static final Pattern CATEGORY = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern DIVISION = Pattern.compile("\\d{6}");
    private static final Pattern RESCUE = Pattern.compile("\\d{5,7}");
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_PROBLEMS = 1_000;

    private final DataSource database;

    public EquipmentRegister(DataSource database) {
        this.database = database;
    }

    /** A machine as registered. */
    public record Equipment(
            String code,
            String category,
            String name,
            Optional<String> divisionCode,
            Optional<String> siteAddress,
            Optional<String> rescueCode) {}

    /** What an import did. */
    public record Imported(int added, int changed, int unchanged) {}

    /**
     * Takes in a CSV file with the columns code, category, name and optionally division_code, site_address, rescue_code: all rows or
     * none. The same file again changes nothing.
     *
     * @throws RegisterException with every problem of every row, one a line
     */
    public Imported importFile(Path file) {
        List<Equipment> machines = read(file);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            int added = 0;
            int changed = 0;
            try (PreparedStatement upsert = connection.prepareStatement("""
                    INSERT INTO equipment AS e (code, category, name, division_code, site_address, rescue_code)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (code) DO UPDATE SET category = excluded.category, name = excluded.name,
                        division_code = excluded.division_code, site_address = excluded.site_address,
                        rescue_code = excluded.rescue_code
                    WHERE (e.category, e.name, e.division_code, e.site_address, e.rescue_code)
                        IS DISTINCT FROM (excluded.category, excluded.name, excluded.division_code, excluded.site_address,
                            excluded.rescue_code)
                    RETURNING xmax = 0
                    """)) {
                for (Equipment machine : machines) {
                    upsert.setString(1, machine.code());
                    upsert.setString(2, machine.category());
                    upsert.setString(3, machine.name());
                    upsert.setString(4, machine.divisionCode().orElse(null));
                    upsert.setString(5, machine.siteAddress().orElse(null));
                    upsert.setString(6, machine.rescueCode().orElse(null));
                    try (ResultSet row = upsert.executeQuery()) {
                        if (row.next()) {
                            boolean isNew = row.getBoolean(1);
                            added += isNew ? 1 : 0;
                            changed += isNew ? 0 : 1;
                        }
                    }
                }
            }
            connection.commit();
            return new Imported(added, changed, machines.size() - added - changed);
        } catch (SQLException e) {
            throw new RegisterException("cannot import " + file + ": " + e.getMessage(), e);
        }
    }

    /** All machines in the order of their codes, or those of one category. */
    public List<Equipment> list(Optional<String> category) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT code, category, name, division_code, site_address, rescue_code FROM equipment
                        WHERE ?::text IS NULL OR category = ? ORDER BY code
                        """)) {
            select.setString(1, category.orElse(null));
            select.setString(2, category.orElse(null));
            try (ResultSet row = select.executeQuery()) {
                List<Equipment> machines = new ArrayList<>();
                while (row.next()) {
                    machines.add(new Equipment(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Optional.ofNullable(row.getString(4)),
                            Optional.ofNullable(row.getString(5)),
                            Optional.ofNullable(row.getString(6))));
                }
                return machines;
            }
        } catch (SQLException e) {
            throw new RegisterException("cannot list equipment: " + e.getMessage(), e);
        }
    }

    private static List<Equipment> read(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        List<Equipment> machines = new ArrayList<>();
        Problems problems = new Problems(file);
        try (Reader text = Files.newBufferedReader(file);
                CSVParser rows = format.parse(text)) {
            checkHeader(file, rows.getHeaderNames());
            Map<String, Long> seen = new HashMap<>();
            for (CSVRecord row : rows) {
                Long before = seen.putIfAbsent(cell(row, "code"), row.getRecordNumber() + 1);
                if (before != null) {
                    problems.add(row, "code", "stands in row " + before + " already");
                }
                machines.add(machine(row, problems));
            }
        } catch (CharacterCodingException e) {
            throw new RegisterException(file + ": the file is not UTF-8; save it as \"CSV UTF-8\"", e);
        } catch (IOException | IllegalArgumentException | java.io.UncheckedIOException e) {
            throw new RegisterException("cannot read " + file + ": " + e.getMessage(), e);
        }
        problems.throwIfAny();
        return machines;
    }

    private static void checkHeader(Path file, List<String> header) {
        Set<String> present = new TreeSet<>();
        header.forEach(name -> present.add(name.replace("\uFEFF", "")));
        for (String needed : List.of("code", "category", "name")) {
            if (!present.contains(needed)) {
                throw new RegisterException(file + ": row 1: column " + needed + " is missing; the columns are "
                        + String.join(",", COLUMNS));
            }
        }
        present.removeAll(COLUMNS);
        if (!present.isEmpty()) {
            throw new RegisterException(
                    file + ": row 1: unknown columns " + present + "; the columns are " + String.join(",", COLUMNS));
        }
    }

    private static Equipment machine(CSVRecord row, Problems problems) {
        String code = cell(row, "code");
        String category = cell(row, "category");
        String name = cell(row, "name");
        problems.check(EquipmentCode.isWellFormed(code), row, "code", "is not 3 to 32 letters, digits or hyphens");
        problems.check(
                CATEGORY.matcher(category).matches(),
                row,
                "category",
                "is not a category such as elevator, boiler or filling-machine");
        problems.check(!name.isEmpty() && name.length() <= LONGEST_TEXT, row, "name", "must have 1 to 200 characters");
        Optional<String> division = optional(row, "division_code");
        Optional<String> address = optional(row, "site_address");
        Optional<String> rescue = optional(row, "rescue_code");
        problems.check(
                division.isEmpty() || DIVISION.matcher(division.get()).matches(),
                row,
                "division_code",
                "is not 6 digits");
        problems.check(
                address.isEmpty() || address.get().length() <= LONGEST_TEXT,
                row,
                "site_address",
                "has more than 200 characters");
        problems.check(
                rescue.isEmpty() || RESCUE.matcher(rescue.get()).matches(), row, "rescue_code", "is not 5 to 7 digits");
        for (String column : COLUMNS) {
            problems.check(cell(row, column).indexOf(0) < 0, row, column, "holds a zero character");
        }
        return new Equipment(code, category, name, division, address, rescue);
    }

    private static Optional<String> optional(CSVRecord row, String column) {
        return Optional.of(cell(row, column)).filter(text -> !text.isEmpty());
    }

    private static String cell(CSVRecord row, String column) {
        if (row.isSet(column)) {
            return row.get(column);
        }
        // A byte order mark in front of the first heading hides it.
        return row.isSet("\uFEFF" + column) ? row.get("\uFEFF" + column) : "";
    }

    /** Everything that is wrong with a file, found in one go. */
    private static final class Problems {
        private final Path file;
        private final List<String> lines = new ArrayList<>();

        Problems(Path file) {
            this.file = file;
        }

        void check(boolean holds, CSVRecord row, String column, String problem) {
            if (!holds) {
                add(row, column, problem);
            }
        }

        void add(CSVRecord row, String column, String problem) {
            if (lines.size() < MOST_PROBLEMS) {
                lines.add(file + ": row " + (row.getRecordNumber() + 1) + ": " + column + " '" + cell(row, column)
                        + "' " + problem);
            }
        }

        void throwIfAny() {
            if (!lines.isEmpty()) {
                throw new RegisterException(String.join(System.lineSeparator(), lines) + System.lineSeparator() + file
                        + ": nothing was imported, correct the rows and import the file again");
            }
        }
    }
}
