package io.tean.register.organisation;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.organisation.CreditCode;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The organisations that are known, by their unified social credit code. */
public final class OrganisationRegister {
    private static final List<String> FIELDS = List.of("kind", "name", "division_code");
    private static final String KINDS =
            Arrays.stream(OrganisationKind.values()).map(Enum::name).collect(Collectors.joining(", "));

    private final DataSource database;

    public OrganisationRegister(DataSource database) {
        this.database = database;
    }

    /** An organisation as it stands in the table. */
    private record Registered(int id, Map<String, String> fields) {}

    /**
     * Adds an organisation, or corrects the name and division of a known one.
     *
     * @throws RegisterException when it is known as one of another kind
     */
    public Imported add(Organisation organisation, Actor actor) {
        String code = organisation.creditCode().text();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            Map<String, Registered> known = registered(connection, List.of(code));
            Registered before = known.get(code);
            if (before != null && !keepsKind(before, organisation.kind().name())) {
                throw new RegisterException(
                        "organisation " + code + ": kind '" + organisation.kind() + "' " + otherKind(before));
            }
            Map<String, String> fields = Map.of(
                    "kind", organisation.kind().name(),
                    "name", organisation.name(),
                    "division_code", organisation.divisionCode().orElse(""));
            Imported done = takeIn(connection, Map.of(code, fields), known, actor);
            connection.commit();
            return done;
        } catch (SQLException e) {
            throw new RegisterException("cannot add organisation " + code + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes in a CSV file with the columns credit_code, kind, name and optionally division_code: all rows or none. The same file again
     * changes nothing.
     *
     * @throws RegisterException with every problem of every row, one a line
     */
    public Imported importFile(Path file, Actor actor) {
        CsvTable table =
                CsvTable.read(file, "credit_code", List.of("credit_code", "kind", "name"), List.of("division_code"));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            Map<String, Registered> known = registered(
                    connection,
                    table.rows().stream().map(row -> row.cell("credit_code")).toList());
            table.rows().forEach(row -> check(row, known));
            table.requireSound();
            Map<String, Map<String, String>> wanted = new TreeMap<>();
            table.rows().forEach(row -> wanted.put(row.cell("credit_code"), row.cells()));
            Imported done = takeIn(connection, wanted, known, actor);
            connection.commit();
            return done;
        } catch (SQLException e) {
            throw new RegisterException("cannot import " + file + ": " + e.getMessage(), e);
        }
    }

    /** All organisations in the order of their codes. */
    public List<Organisation> list() {
        return select(Optional.empty());
    }

    public Optional<Organisation> find(String creditCode) {
        return select(Optional.of(creditCode)).stream().findFirst();
    }

    private List<Organisation> select(Optional<String> creditCode) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT credit_code, kind, name, division_code FROM organisation
                        WHERE ?::text IS NULL OR credit_code = ? ORDER BY credit_code
                        """)) {
            select.setString(1, creditCode.orElse(null));
            select.setString(2, creditCode.orElse(null));
            try (ResultSet row = select.executeQuery()) {
                List<Organisation> organisations = new ArrayList<>();
                while (row.next()) {
                    organisations.add(new Organisation(
                            new CreditCode(row.getString(1)),
                            OrganisationKind.valueOf(row.getString(2)),
                            row.getString(3),
                            Optional.ofNullable(row.getString(4))));
                }
                return organisations;
            }
        } catch (SQLException e) {
            throw new RegisterException("cannot list organisations: " + e.getMessage(), e);
        }
    }

    private static void check(CsvTable.Row row, Map<String, Registered> known) {
        String code = row.cell("credit_code");
        row.check(CreditCode.isWellFormed(code), "credit_code", CreditCode.whyNot(code));
        String kind = row.cell("kind");
        boolean isKind =
                Arrays.stream(OrganisationKind.values()).anyMatch(k -> k.name().equals(kind));
        row.check(isKind, "kind", "is none of " + KINDS);
        Registered before = known.get(code);
        if (isKind && before != null) {
            row.check(keepsKind(before, kind), "kind", otherKind(before));
        }
        row.check(Organisation.isName(row.cell("name")), "name", "must have 1 to 200 characters");
        row.check(
                row.filled("division_code")
                        .filter(d -> !Organisation.isDivision(d))
                        .isEmpty(),
                "division_code",
                "is not 6 digits");
    }

    /** Accounts of the organisation's people have a role by its kind: it does not change under them. */
    private static boolean keepsKind(Registered before, String kind) {
        return kind.equals(before.fields.get("kind"));
    }

    private static String otherKind(Registered before) {
        return "is not the kind that it is registered with, " + before.fields.get("kind") + ", which does not change";
    }

    /** Two imports side by side would both find the same code new; whoever reads goes on reading. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    private static Map<String, Registered> registered(Connection connection, Collection<String> codes)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT credit_code, organisation_id, kind, name, coalesce(division_code, '')
                FROM organisation WHERE credit_code = ANY (?)
                """)) {
            select.setArray(1, connection.createArrayOf("text", codes.toArray()));
            try (ResultSet row = select.executeQuery()) {
                Map<String, Registered> registered = new HashMap<>();
                while (row.next()) {
                    registered.put(
                            row.getString(1),
                            new Registered(
                                    row.getInt(2),
                                    Map.of(
                                            "kind", row.getString(3),
                                            "name", row.getString(4),
                                            "division_code", row.getString(5))));
                }
                return registered;
            }
        }
    }

    private static Imported takeIn(
            Connection connection, Map<String, Map<String, String>> wanted, Map<String, Registered> known, Actor actor)
            throws SQLException {
        Map<String, Map<String, String>> fresh = new TreeMap<>();
        Map<String, Map<String, String>> changed = new TreeMap<>();
        List<AuditEntry> entries = new ArrayList<>();
        wanted.forEach((code, cells) -> {
            Registered before = known.get(code);
            Map<String, String> fields = merged(before == null ? Map.of() : before.fields, cells);
            if (before == null) {
                fresh.put(code, fields);
                return;
            }
            Difference difference = Difference.between(before.fields, fields);
            if (!difference.isNone()) {
                changed.put(code, fields);
                entries.add(entry(actor, "organisation.change", code, before.id, difference));
            }
        });
        insert(connection, fresh)
                .forEach((code, id) -> entries.add(entry(
                        actor, "organisation.add", code, id, Difference.ofNew(fresh.getOrDefault(code, Map.of())))));
        update(connection, changed);
        AuditTrail.writeAll(connection, entries);
        return new Imported(fresh.size(), changed.size(), wanted.size() - fresh.size() - changed.size());
    }

    private static Map<String, String> merged(Map<String, String> before, Map<String, String> cells) {
        Map<String, String> fields = new TreeMap<>(before);
        FIELDS.stream().filter(cells::containsKey).forEach(field -> fields.put(field, cells.getOrDefault(field, "")));
        return fields;
    }

    private static AuditEntry entry(Actor actor, String action, String code, int id, Difference difference) {
        return AuditEntry.of(actor, action, "organisation", code, difference.before(), difference.after())
                .withOrganisation(OptionalInt.of(id));
    }

    private static Map<String, Integer> insert(Connection connection, Map<String, Map<String, String>> fresh)
            throws SQLException {
        Map<String, Integer> ids = new TreeMap<>();
        if (fresh.isEmpty()) {
            return ids;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO organisation (credit_code, kind, name, division_code)
                SELECT n.credit_code, n.kind, n.name, nullif(n.division_code, '')
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS n (credit_code, kind, name, division_code)
                RETURNING credit_code, organisation_id
                """)) {
            bind(connection, insert, fresh);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getString(1), row.getInt(2));
                }
            }
        }
        return ids;
    }

    private static void update(Connection connection, Map<String, Map<String, String>> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE organisation o SET kind = n.kind, name = n.name, division_code = nullif(n.division_code, '')
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS n (credit_code, kind, name, division_code)
                WHERE o.credit_code = n.credit_code
                """)) {
            bind(connection, update, changed);
            update.executeUpdate();
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, Map<String, Map<String, String>> organisations)
            throws SQLException {
        statement.setArray(
                1, connection.createArrayOf("text", organisations.keySet().toArray()));
        for (int i = 0; i < FIELDS.size(); i++) {
            String field = FIELDS.get(i);
            Object[] texts = organisations.values().stream()
                    .map(fields -> fields.getOrDefault(field, ""))
                    .toArray();
            statement.setArray(i + 2, connection.createArrayOf("text", texts));
        }
    }
}
