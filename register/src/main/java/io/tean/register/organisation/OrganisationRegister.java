package io.tean.register.organisation;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.organisation.CreditCode;
import io.tean.register.RegisterException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The organisations that are known, by their unified social credit code. */
public final class OrganisationRegister {
    private final DataSource database;

    public OrganisationRegister(DataSource database) {
        this.database = database;
    }

    /**
     * Adds an organisation, or corrects the name and division of a known one.
     *
     * @return whether anything changed
     * @throws RegisterException when it is known as one of another kind
     */
    public boolean add(Organisation organisation, Actor actor) {
        String code = organisation.creditCode().text();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            Optional<Organisation> before =
                    select(connection, Optional.of(code)).stream().findFirst();
            if (before.equals(Optional.of(organisation))) {
                return false;
            }
            // Accounts of the organisation's people have a role by its kind: it does not change under them.
            if (before.isPresent() && before.get().kind() != organisation.kind()) {
                throw new RegisterException("organisation " + code + ": kind '" + organisation.kind()
                        + "' is not the kind that it is registered with, "
                        + before.get().kind()
                        + ", which does not change");
            }
            int id = write(connection, organisation);
            Map<String, String> old = before.map(OrganisationRegister::fields).orElse(Map.of());
            Map<String, String> young = new TreeMap<>(fields(organisation));
            young.entrySet().removeIf(field -> field.getValue().equals(old.getOrDefault(field.getKey(), "")));
            Map<String, String> replaced = new TreeMap<>(old);
            replaced.keySet().retainAll(young.keySet());
            String action = before.isPresent() ? "organisation.change" : "organisation.add";
            AuditTrail.write(
                    connection,
                    AuditEntry.of(actor, action, "organisation", code, replaced, young)
                            .withOrganisation(OptionalInt.of(id)));
            connection.commit();
            return true;
        } catch (SQLException e) {
            throw new RegisterException("cannot add organisation " + code + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> fields(Organisation organisation) {
        return Map.of(
                "kind", organisation.kind().name(),
                "name", organisation.name(),
                "division_code", organisation.divisionCode().orElse(""));
    }

    /** All organisations in the order of their codes. */
    public List<Organisation> list() {
        return select(Optional.empty());
    }

    public Optional<Organisation> find(String creditCode) {
        return select(Optional.of(creditCode)).stream().findFirst();
    }

    private List<Organisation> select(Optional<String> creditCode) {
        try (Connection connection = database.getConnection()) {
            return select(connection, creditCode);
        } catch (SQLException e) {
            throw new RegisterException("cannot list organisations: " + e.getMessage(), e);
        }
    }

    private static List<Organisation> select(Connection connection, Optional<String> creditCode) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
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
        }
    }

    /** Two writers side by side would both find the same code new; whoever reads goes on reading. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    private static int write(Connection connection, Organisation organisation) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO organisation (credit_code, kind, name, division_code) VALUES (?, ?, ?, ?)
                ON CONFLICT (credit_code) DO UPDATE SET name = excluded.name, division_code = excluded.division_code
                RETURNING organisation_id
                """)) {
            insert.setString(1, organisation.creditCode().text());
            insert.setString(2, organisation.kind().name());
            insert.setString(3, organisation.name());
            insert.setString(4, organisation.divisionCode().orElse(null));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
