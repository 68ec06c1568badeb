package io.tean.register.intake;

import io.tean.core.audit.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;

/**
 * The transaction in which rows are taken in.
 *
 * @param today in China
 * @param present the headings that the file has
 */
public record Taking(Connection connection, Actor actor, LocalDate today, Set<String> present) {
    /** Runs a statement, with its parameters in their order. */
    public int run(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    public boolean has(String heading) {
        return present.contains(heading);
    }
}
