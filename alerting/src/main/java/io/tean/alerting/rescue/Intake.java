package io.tean.alerting.rescue;

import io.tean.core.audit.Actor;
import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.CaseStep;
import io.tean.core.rescue.RescueDecisions.Call;
import io.tean.core.rescue.RescueDecisions.Details;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A call becomes a case, or joins the live one of its machine. */
final class Intake {
    private Intake() {}

    /**
     * @return none when the machine has a live case
     * @throws IllegalArgumentException for a machine that is not registered
     */
    static Optional<Long> open(Connection transaction, Call call, Instant occurred, Actor operator)
            throws SQLException {
        requireRegistered(transaction, call.equipmentId());
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO rescue_case (equipment_id, division_code, place, origin, occurred_at, duty_operator)
                SELECT n.machine, coalesce((SELECT e.division_code FROM equipment e WHERE e.equipment_id = n.machine), ?), ?, ?, ?, ?
                FROM (SELECT ?::integer AS machine) n
                ON CONFLICT (equipment_id) WHERE state NOT IN ('RELEASED', 'RATED', 'CLOSED') DO NOTHING
                RETURNING case_id
                """)) {
            insert.setString(1, call.division().orElse(""));
            insert.setString(2, CaseRows.storable(call.place()));
            insert.setString(3, call.button() ? "CAR_BUTTON" : "CALL");
            CaseRows.set(insert, 4, Optional.of(occurred));
            insert.setString(5, operator.name());
            CaseRows.set(insert, 6, call.equipmentId());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void requireRegistered(Connection transaction, OptionalInt equipmentId) throws SQLException {
        if (equipmentId.isEmpty()) {
            return;
        }
        try (PreparedStatement select = transaction.prepareStatement("SELECT FROM equipment WHERE equipment_id = ?")) {
            select.setInt(1, equipmentId.getAsInt());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException(
                            "machine " + equipmentId.getAsInt() + " is not registered: take the call in by its place");
                }
            }
        }
    }

    /** The live case of the machine, with what the second caller knows and the first did not. People may be in the car for longer. */
    static OptionalLong live(Connection transaction, Call call) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                UPDATE rescue_case c SET
                    caller_name = coalesce(nullif(c.caller_name, ''), ?), caller_telephone = coalesce(nullif(c.caller_telephone, ''), ?),
                    fault_text = coalesce(nullif(c.fault_text, ''), ?), trapped_count = coalesce(c.trapped_count, ?),
                    injured_count = coalesce(c.injured_count, ?), calmed = c.calmed OR ?,
                    accident_at = CASE WHEN c.accident_marked_at IS NULL
                        THEN c.accident_at - (c.occurred_at - least(c.occurred_at, o.at)) ELSE c.accident_at END,
                    occurred_at = least(c.occurred_at, o.at)
                FROM (SELECT ?::timestamptz AS at) o
                WHERE c.equipment_id = ? AND c.state NOT IN ('RELEASED', 'RATED', 'CLOSED')
                RETURNING c.case_id
                """)) {
            Details details = call.details();
            update.setString(1, CaseRows.storable(details.callerName()));
            update.setString(2, CaseRows.storable(details.callerTelephone()));
            update.setString(3, CaseRows.storable(details.faultText()));
            CaseRows.set(update, 4, details.trapped());
            CaseRows.set(update, 5, details.injured());
            update.setBoolean(6, details.calmed());
            CaseRows.set(update, 7, call.occurredAt());
            CaseRows.set(update, 8, call.equipmentId());
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void enter(CaseTurn turn, Call call, Instant occurred, boolean joined, Actor operator) {
        Map<String, Object> detail = new TreeMap<>(detail(call.details()));
        detail.put("occurred_at", occurred.toString());
        if (call.button()) {
            detail.put("button", true);
        }
        if (!joined) {
            put(turn, call.details());
        }
        CaseState state = turn.state();
        turn.enter(joined ? CaseStep.JOIN : CaseStep.OPEN, OptionalLong.empty(), state, operator, detail);
    }

    static void put(CaseTurn turn, Details details) {
        turn.put("caller_name", details.callerName());
        turn.put("caller_telephone", details.callerTelephone());
        turn.put("fault_text", details.faultText());
        turn.put("calmed", details.calmed());
        details.trapped().ifPresent(count -> turn.put("trapped_count", count));
        details.injured().ifPresent(count -> turn.put("injured_count", count));
    }

    /** What is said, for the timeline. */
    static Map<String, Object> detail(Details details) {
        Map<String, Object> said = new TreeMap<>();
        said.put("caller", details.callerName());
        said.put("telephone", details.callerTelephone());
        said.put("fault", details.faultText());
        said.values().removeIf(""::equals);
        details.trapped().ifPresent(count -> said.put("trapped", count));
        details.injured().ifPresent(count -> said.put("injured", count));
        if (details.calmed()) {
            said.put("calmed", true);
        }
        return said;
    }
}
