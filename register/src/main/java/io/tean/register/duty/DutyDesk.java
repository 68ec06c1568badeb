package io.tean.register.duty;

import io.tean.core.equipment.MachineDuties;
import io.tean.register.RegisterException;
import io.tean.register.due.DueDates;
import io.tean.register.due.Duty;
import io.tean.register.regulation.RegulationBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The duties of one machine, rule by rule, for its page. */
public final class DutyDesk implements MachineDuties {
    private final DataSource database;
    private final RegulationBook book;
    private final DueDates dueDates;

    public DutyDesk(DataSource database, RegulationBook book) {
        this.database = database;
        this.book = book;
        this.dueDates = new DueDates(book);
    }

    @Override
    public List<Part> of(String equipmentCode, LocalDate day) {
        try (Connection connection = database.getConnection()) {
            Optional<Integer> id = id(connection, equipmentCode);
            if (id.isEmpty()) {
                return List.of();
            }
            return Lives.of(connection, List.of(id.get())).stream()
                    .flatMap(known -> dueDates.parts(known.life()).stream())
                    .filter(duty -> duty.isOn(day))
                    .flatMap(duty -> part(duty).stream())
                    .sorted(Comparator.comparing(Part::dueOn))
                    .toList();
        } catch (SQLException e) {
            throw new RegisterException("cannot read the duties of " + equipmentCode + ": " + e.getMessage(), e);
        }
    }

    private Optional<Part> part(Duty duty) {
        return book.ofRule(duty.rule())
                .map(entry -> new Part(
                        duty.rule(),
                        entry.title(),
                        duty.dueOn(),
                        entry.clause(),
                        entry.source(),
                        entry.mark().word()));
    }

    private static Optional<Integer> id(Connection connection, String code) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT equipment_id FROM equipment WHERE code = ?")) {
            select.setString(1, code);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }
}
