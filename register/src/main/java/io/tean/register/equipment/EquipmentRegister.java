package io.tean.register.equipment;

import io.tean.register.RegisterException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The machines that are known, by their published code. */
public final class EquipmentRegister {
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
}
