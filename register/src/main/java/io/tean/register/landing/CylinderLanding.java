package io.tean.register.landing;

import io.tean.register.intake.CopyRows;
import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gas cylinders, each with the day on which it is due. */
final class CylinderLanding implements Landing {
    private static final int BATCH = 10_000;

    private final CylinderDue due;

    CylinderLanding(CylinderDue due) {
        this.due = due;
    }

    @Override
    public Sheet sheet() {
        return Sheets.CYLINDERS;
    }

    @Override
    public String registered() {
        return """
                SELECT c.cylinder_id AS id, c.code, c.type, c.medium, c.volume_litre, c.tare_kg, c.rated_fill_kg, c.made_on,
                    c.last_inspected_on, c.scrap_on, o.credit_code AS station, c.ownership, c.state
                FROM cylinder c LEFT JOIN organisation o ON o.organisation_id = c.station_id
                """;
    }

    @Override
    public String match() {
        return "r.code = s.code";
    }

    @Override
    public Optional<String> locked() {
        return Optional.of("cylinder");
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(new Audited("cylinder", "n.code", "n.station_id"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        dueDays(taking);
        taking.run("""
                UPDATE cylinder c SET type = n.type, medium = n.medium, volume_litre = n.volume_litre, tare_kg = n.tare_kg,
                    rated_fill_kg = n.rated_fill_kg, made_on = n.made_on, last_inspected_on = n.last_inspected_on,
                    scrap_on = n.scrap_on, station_id = n.station_id, ownership = n.ownership, state = n.state,
                    inspection_due_on = d.due_on, due_rule = d.rule
                FROM intake_ready n LEFT JOIN intake_due d
                    ON (d.type, d.medium, d.made, d.inspected)
                     = (n.type, n.medium, coalesce(n.made_on, '-infinity'), coalesce(n.last_inspected_on, '-infinity'))
                WHERE c.cylinder_id = n.registered_id AND n.differs
                """);
        taking.run("""
                INSERT INTO cylinder (code, type, medium, volume_litre, tare_kg, rated_fill_kg, made_on, last_inspected_on,
                    scrap_on, station_id, ownership, state, inspection_due_on, due_rule)
                SELECT n.code, n.type, n.medium, n.volume_litre, n.tare_kg, n.rated_fill_kg, n.made_on, n.last_inspected_on,
                    n.scrap_on, n.station_id, n.ownership, n.state, d.due_on, d.rule
                FROM intake_ready n LEFT JOIN intake_due d
                    ON (d.type, d.medium, d.made, d.inspected)
                     = (n.type, n.medium, coalesce(n.made_on, '-infinity'), coalesce(n.last_inspected_on, '-infinity'))
                WHERE n.registered_id IS NULL ORDER BY n.row_no
                """);
    }

    /** Many cylinders have the same type, medium and days: each combination is asked for once. */
    private void dueDays(Taking taking) throws SQLException {
        taking.run("""
                CREATE TEMPORARY TABLE intake_due
                    (type text, medium text, made date, inspected date, due_on date, rule text) ON COMMIT DROP
                """);
        Connection connection = taking.connection();
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(BATCH);
            try (ResultSet row = select.executeQuery("""
                    SELECT DISTINCT type, medium, made_on, last_inspected_on FROM intake_ready n
                    WHERE n.registered_id IS NULL OR n.differs
                    """)) {
                List<@Nullable String[]> batch = new ArrayList<>(BATCH);
                while (row.next()) {
                    dueDay(row, batch);
                    if (batch.size() == BATCH) {
                        copy(connection, batch);
                    }
                }
                copy(connection, batch);
            }
        }
        taking.run("ANALYZE intake_due");
    }

    private void dueDay(ResultSet row, List<@Nullable String[]> batch) throws SQLException {
        String type = row.getString(1);
        String medium = row.getString(2);
        Optional<LocalDate> made = Optional.ofNullable(row.getObject(3, LocalDate.class));
        Optional<LocalDate> inspected = Optional.ofNullable(row.getObject(4, LocalDate.class));
        due.of(type, medium, made, inspected)
                .ifPresent(d -> batch.add(new String[] {
                    type,
                    medium,
                    made.map(LocalDate::toString).orElse("-infinity"),
                    inspected.map(LocalDate::toString).orElse("-infinity"),
                    d.on().toString(),
                    d.rule()
                }));
    }

    private static void copy(Connection connection, List<@Nullable String[]> batch) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        try (CopyRows copy = new CopyRows(connection, "intake_due", "type, medium, made, inspected, due_on, rule")) {
            for (@Nullable String[] due : batch) {
                copy.row(due);
            }
            copy.end();
        }
        batch.clear();
    }
}
