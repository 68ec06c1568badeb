package io.tean.register.equipment;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.equipment.EquipmentCode;
import io.tean.register.RegisterException;
import io.tean.register.intake.CsvTable;
import io.tean.register.intake.Difference;
import io.tean.register.intake.Imported;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The machines that are known, by their published code. */
public final class EquipmentRegister {
    private static final List<String> NEEDED = List.of("code", "category", "name");
    private static final List<String> OPTIONAL = List.of("division_code", "site_address", "rescue_code", "use_unit");
    /** All columns but the code, in the order of the statements below. */
    private static final List<String> FIELDS =
            List.of("category", "name", "division_code", "site_address", "rescue_code", "use_unit");

    private static final Pattern CATEGORY = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
    private static final Pattern RESCUE = Pattern.compile("[0-9]{5,7}");
    private static final int LONGEST_TEXT = 200;

    private final DataSource database;

    public EquipmentRegister(DataSource database) {
        this.database = database;
    }

    /**
     * A machine as registered.
     *
     * @param useUnit credit code of the organisation that uses it
     */
    public record Equipment(
            String code,
            String category,
            String name,
            Optional<String> divisionCode,
            Optional<String> siteAddress,
            Optional<String> rescueCode,
            Optional<String> useUnit) {}

    /**
     * Takes in a CSV file with the columns code, category, name and optionally division_code, site_address, rescue_code, use_unit: all
     * rows or none. A column that the file does not have stays as it is; the same file again changes nothing.
     *
     * @throws RegisterException with every problem of every row, one a line
     */
    public Imported importFile(Path file, Actor actor) {
        CsvTable table = CsvTable.read(file, "code", NEEDED, OPTIONAL);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            Map<String, Integer> useUnits = useUnits(connection, table);
            table.rows().forEach(row -> check(row, useUnits));
            table.requireSound();
            Imported done = takeIn(connection, table, useUnits, actor);
            connection.commit();
            return done;
        } catch (SQLException e) {
            throw new RegisterException("cannot import " + file + ": " + e.getMessage(), e);
        }
    }

    /** All machines in the order of their codes, or those of one category. */
    public List<Equipment> list(Optional<String> category) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT e.code, e.category, e.name, e.division_code, e.site_address, e.rescue_code, o.credit_code
                        FROM equipment e LEFT JOIN organisation o ON o.organisation_id = e.use_unit_id
                        WHERE ?::text IS NULL OR e.category = ? ORDER BY e.code
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
                            Optional.ofNullable(row.getString(6)),
                            Optional.ofNullable(row.getString(7))));
                }
                return machines;
            }
        } catch (SQLException e) {
            throw new RegisterException("cannot list equipment: " + e.getMessage(), e);
        }
    }

    private static void check(CsvTable.Row row, Map<String, Integer> useUnits) {
        row.check(EquipmentCode.isWellFormed(row.cell("code")), "code", "is not 3 to 32 letters, digits or hyphens");
        row.check(
                CATEGORY.matcher(row.cell("category")).matches(),
                "category",
                "is not a category such as elevator, boiler or filling-machine");
        String name = row.cell("name");
        row.check(!name.isEmpty() && name.length() <= LONGEST_TEXT, "name", "must have 1 to 200 characters");
        String division = row.cell("division_code");
        row.check(division.isEmpty() || DIVISION.matcher(division).matches(), "division_code", "is not 6 digits");
        row.check(row.cell("site_address").length() <= LONGEST_TEXT, "site_address", "has more than 200 characters");
        String rescue = row.cell("rescue_code");
        row.check(rescue.isEmpty() || RESCUE.matcher(rescue).matches(), "rescue_code", "is not 5 to 7 digits");
        String useUnit = row.cell("use_unit");
        row.check(
                useUnit.isEmpty() || useUnits.containsKey(useUnit),
                "use_unit",
                "is the credit code of no organisation that is registered; bin/tean organisation import adds it");
    }

    /** Two imports side by side would both find the same code new; whoever reads goes on reading, the lanes among them. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE equipment IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    /** The organisations that the file names, as far as they are registered. */
    private static Map<String, Integer> useUnits(Connection connection, CsvTable table) throws SQLException {
        Set<String> named = new TreeSet<>();
        table.rows().forEach(row -> row.filled("use_unit").ifPresent(named::add));
        Map<String, Integer> ids = new HashMap<>();
        if (named.isEmpty()) {
            return ids;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT credit_code, organisation_id FROM organisation WHERE credit_code = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("text", named.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getString(1), row.getInt(2));
                }
            }
        }
        return ids;
    }

    private static Imported takeIn(Connection connection, CsvTable table, Map<String, Integer> useUnits, Actor actor)
            throws SQLException {
        Map<String, Map<String, String>> registered = registered(connection, table, useUnits);
        Map<String, Map<String, String>> fresh = new TreeMap<>();
        Map<String, Map<String, String>> changed = new TreeMap<>();
        List<AuditEntry> entries = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            String code = row.cell("code");
            Map<String, String> before = registered.get(code);
            Map<String, String> after = new TreeMap<>(before == null ? Map.of() : before);
            after.putAll(row.cells());
            after.remove("code");
            Difference difference = before == null ? Difference.ofNew(after) : Difference.between(before, after);
            if (difference.isNone()) {
                continue;
            }
            (before == null ? fresh : changed).put(code, after);
            String action = before == null ? "equipment.add" : "equipment.change";
            entries.add(AuditEntry.of(actor, action, "equipment", code, difference.before(), difference.after())
                    .withOrganisation(organisation(before, after, useUnits)));
        }
        insert(connection, fresh);
        update(connection, changed);
        AuditTrail.writeAll(connection, entries);
        return new Imported(fresh.size(), changed.size(), table.rows().size() - fresh.size() - changed.size());
    }

    /** Whose machine it is now; of one that was taken from its use unit, whose it was. */
    private static OptionalInt organisation(
            @Nullable Map<String, String> before, Map<String, String> after, Map<String, Integer> useUnits) {
        String now = after.getOrDefault("use_unit", "");
        String was = before == null ? "" : before.getOrDefault("use_unit", "");
        Integer id = useUnits.get(now.isEmpty() ? was : now);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The machines of the file as they stand in the table; their use units are added to the known ones. */
    private static Map<String, Map<String, String>> registered(
            Connection connection, CsvTable table, Map<String, Integer> useUnits) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.code, e.category, e.name, coalesce(e.division_code, ''), coalesce(e.site_address, ''),
                       coalesce(e.rescue_code, ''), coalesce(o.credit_code, ''), o.organisation_id
                FROM equipment e LEFT JOIN organisation o ON o.organisation_id = e.use_unit_id
                WHERE e.code = ANY (?)
                """)) {
            Object[] codes = table.rows().stream().map(row -> row.cell("code")).toArray();
            select.setArray(1, connection.createArrayOf("text", codes));
            try (ResultSet row = select.executeQuery()) {
                Map<String, Map<String, String>> registered = new HashMap<>();
                while (row.next()) {
                    Map<String, String> fields = new TreeMap<>();
                    for (int i = 0; i < FIELDS.size(); i++) {
                        fields.put(FIELDS.get(i), row.getString(i + 2));
                    }
                    registered.put(row.getString(1), fields);
                    int useUnit = row.getInt(8);
                    if (!row.wasNull()) {
                        useUnits.put(row.getString(7), useUnit);
                    }
                }
                return registered;
            }
        }
    }

    private static void insert(Connection connection, Map<String, Map<String, String>> machines) throws SQLException {
        if (machines.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO equipment (code, category, name, division_code, site_address, rescue_code, use_unit_id)
                SELECT n.code, n.category, n.name, nullif(n.division_code, ''), nullif(n.site_address, ''),
                       nullif(n.rescue_code, ''), o.organisation_id
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     AS n (code, category, name, division_code, site_address, rescue_code, use_unit)
                LEFT JOIN organisation o ON o.credit_code = n.use_unit
                """)) {
            bind(connection, insert, machines);
            insert.executeUpdate();
        }
    }

    private static void update(Connection connection, Map<String, Map<String, String>> machines) throws SQLException {
        if (machines.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE equipment e SET category = n.category, name = n.name, division_code = nullif(n.division_code, ''),
                    site_address = nullif(n.site_address, ''), rescue_code = nullif(n.rescue_code, ''),
                    use_unit_id = o.organisation_id
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                     AS n (code, category, name, division_code, site_address, rescue_code, use_unit)
                LEFT JOIN organisation o ON o.credit_code = n.use_unit
                WHERE e.code = n.code
                """)) {
            bind(connection, update, machines);
            update.executeUpdate();
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, Map<String, Map<String, String>> machines)
            throws SQLException {
        statement.setArray(1, connection.createArrayOf("text", machines.keySet().toArray()));
        for (int i = 0; i < FIELDS.size(); i++) {
            String field = FIELDS.get(i);
            Object[] texts = machines.values().stream()
                    .map(fields -> fields.getOrDefault(field, ""))
                    .toArray();
            statement.setArray(i + 2, connection.createArrayOf("text", texts));
        }
    }
}
