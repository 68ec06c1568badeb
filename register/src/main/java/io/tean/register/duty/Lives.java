package io.tean.register.duty;

import io.tean.register.due.Duty;
import io.tean.register.due.MachineLife;
import io.tean.register.due.MachineLife.ContractSpan;
import io.tean.register.due.MachineLife.Inspected;
import io.tean.register.due.MachineLife.Machine;
import io.tean.register.due.MachineLife.PlanSpan;
import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.StateSpan;
import io.tean.register.due.MachineLife.Visited;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is known of machines, many at a time. */
final class Lives {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    private final Connection connection;
    private final Array ids;

    private Lives(Connection connection, Array ids) {
        this.connection = connection;
        this.ids = ids;
    }

    /** A machine's life with the dimensions that its duties are counted by. */
    record Known(
            int equipment,
            String category,
            String division,
            OptionalInt useUnit,
            OptionalInt inspectionBody,
            MachineLife life) {}

    /** One row of a list of a machine's life. */
    private interface Part<T> {
        T of(ResultSet row) throws SQLException;
    }

    static List<Known> of(Connection connection, Collection<Integer> equipment) throws SQLException {
        return new Lives(connection, connection.createArrayOf("integer", equipment.toArray())).read();
    }

    private List<Known> read() throws SQLException {
        Map<Integer, List<StateSpan>> states = parts(
                "SELECT equipment_id, state, from_on, until_on FROM equipment_state WHERE equipment_id = ANY (?) ORDER BY 1, from_on",
                row -> new StateSpan(row.getString(2), span(row, 3)));
        Map<Integer, List<ContractSpan>> contracts = parts(
                "SELECT equipment_id, firm_id, from_on, until_on FROM contract WHERE equipment_id = ANY (?) ORDER BY 1, from_on, contract_id",
                row -> new ContractSpan(row.getInt(2), span(row, 3)));
        Map<Integer, List<PlanSpan>> plans = parts(
                "SELECT equipment_id, interval_days, from_on, until_on FROM maintenance_plan WHERE equipment_id = ANY (?) ORDER BY 1, from_on",
                row -> new PlanSpan(row.getInt(2), span(row, 3)));
        Map<Integer, List<Span>> suspensions = parts("""
                SELECT e.equipment_id, s.from_on, s.until_on
                FROM equipment e JOIN overdue_suspension s ON s.equipment_id = e.equipment_id OR s.division_code = e.division_code
                WHERE e.equipment_id = ANY (?) ORDER BY 1, 2, 3
                """, row -> span(row, 2));
        Map<Integer, List<Inspected>> inspections = parts(
                """
                SELECT i.equipment_id, i.kind, i.inspected_on, i.conclusion IN ('PASS', 'PASS_ON_REINSPECTION'), i.safety_grade, i.valid_until
                FROM inspection i
                WHERE i.equipment_id = ANY (?) AND NOT EXISTS (SELECT FROM inspection later WHERE later.supersedes = i.inspection_id)
                ORDER BY 1, i.inspected_on, i.inspection_id
                """,
                row -> new Inspected(
                        row.getString(2), day(row, 3), row.getBoolean(4), whole(row, 5), optionalDay(row, 6)));
        Map<Integer, List<Visited>> visits = parts("""
                SELECT r.equipment_id, r.level, (r.check_out_at AT TIME ZONE 'Asia/Shanghai')::date
                FROM maintenance_record r
                WHERE r.equipment_id = ANY (?)
                  AND coalesce((SELECT d.accepted FROM visit_decision d WHERE d.record_id = r.record_id ORDER BY d.decision_id DESC LIMIT 1),
                               (SELECT NOT v.suspect FROM visit_verdict v WHERE v.record_id = r.record_id ORDER BY v.verdict_id DESC LIMIT 1),
                               false)
                  AND NOT EXISTS (SELECT FROM maintenance_record later WHERE later.supersedes = r.record_id)
                ORDER BY 1, r.check_out_at, r.record_id
                """, row -> new Visited(row.getString(2), day(row, 3)));
        List<Known> lives = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT equipment_id, category, coalesce(division_code, ''), use_unit_id, inspection_body_id, type_code, catalogue, made_on,
                       in_use_since, supervised_on, (registered_at AT TIME ZONE 'Asia/Shanghai')::date, parameters::text
                FROM equipment WHERE equipment_id = ANY (?) ORDER BY equipment_id
                """)) {
            select.setArray(1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int id = row.getInt(1);
                    Machine machine = new Machine(
                            row.getString(2),
                            Optional.ofNullable(row.getString(6)),
                            Optional.ofNullable(row.getString(7)),
                            optionalDay(row, 8),
                            optionalDay(row, 9),
                            optionalDay(row, 10),
                            day(row, 11),
                            parameters(row.getString(12)));
                    lives.add(new Known(
                            id,
                            row.getString(2),
                            row.getString(3),
                            whole(row, 4),
                            whole(row, 5),
                            new MachineLife(
                                    machine,
                                    states.getOrDefault(id, List.of()),
                                    inspections.getOrDefault(id, List.of()),
                                    visits.getOrDefault(id, List.of()),
                                    contracts.getOrDefault(id, List.of()),
                                    plans.getOrDefault(id, List.of()),
                                    suspensions.getOrDefault(id, List.of()))));
                }
            }
        }
        return lives;
    }

    private <T> Map<Integer, List<T>> parts(String sql, Part<T> part) throws SQLException {
        Map<Integer, List<T>> parts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    parts.computeIfAbsent(row.getInt(1), ignored -> new ArrayList<>())
                            .add(part.of(row));
                }
            }
        }
        return parts;
    }

    private static Map<String, String> parameters(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>(JSON.readValue(json, PARAMETERS));
        parameters.values().removeIf(value -> value == null);
        return parameters;
    }

    private static Span span(ResultSet row, int column) throws SQLException {
        return new Span(day(row, column), day(row, column + 1));
    }

    static LocalDate day(ResultSet row, int column) throws SQLException {
        LocalDate day = row.getObject(column, LocalDate.class);
        // The driver's word for infinity.
        return day.equals(LocalDate.MAX) ? Duty.OPEN : day;
    }

    private static Optional<LocalDate> optionalDay(ResultSet row, int column) throws SQLException {
        @Nullable LocalDate day = row.getObject(column, LocalDate.class);
        return Optional.ofNullable(day);
    }

    static OptionalInt whole(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
