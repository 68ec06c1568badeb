package io.tean.register.duty;

import io.tean.register.due.DueDates;
import io.tean.register.due.Duty;
import io.tean.register.due.DutyKind;
import io.tean.register.due.MachineLife.ContractSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the duties of machines anew and writes what differs, with what that changes in the counts by day. */
final class DutyLedger {
    private static final Logger log = LoggerFactory.getLogger(DutyLedger.class);

    private final DueDates dueDates;
    private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

    DutyLedger(DueDates dueDates) {
        this.dueDates = dueDates;
    }

    /** Machines whose duties could not be computed when it was tried last: a bug. They keep the duties that they had. */
    Set<Integer> failed() {
        return Set.copyOf(failed);
    }

    /**
     * Takes noted machines off the list and computes their duties; in the transaction of the connection.
     *
     * @return how many machines; nought when none was noted
     */
    int work(Connection connection, int most) throws SQLException {
        List<Integer> machines = take(connection, most);
        if (!machines.isEmpty()) {
            compute(connection, machines);
        }
        return machines.size();
    }

    private static List<Integer> take(Connection connection, int most) throws SQLException {
        // What is noted after this statement began stays noted: it may tell of a change that is not yet to be seen.
        try (PreparedStatement take = connection.prepareStatement("""
                WITH batch AS (
                    SELECT DISTINCT equipment_id FROM (SELECT equipment_id FROM duty_stale ORDER BY stale_id LIMIT ?) AS oldest
                ), gone AS (
                    DELETE FROM duty_stale s USING batch b WHERE s.equipment_id = b.equipment_id
                )
                SELECT equipment_id FROM batch ORDER BY equipment_id
                """)) {
            take.setInt(1, most);
            List<Integer> machines = new ArrayList<>();
            try (ResultSet row = take.executeQuery()) {
                while (row.next()) {
                    machines.add(row.getInt(1));
                }
            }
            return machines;
        }
    }

    void compute(Connection connection, Collection<Integer> machines) throws SQLException {
        Set<DutyRow> wanted = new HashSet<>();
        Set<Integer> computed = new HashSet<>(machines);
        for (Lives.Known known : Lives.of(connection, machines)) {
            try {
                for (Duty duty : dueDates.of(known.life())) {
                    rows(known, duty, wanted);
                }
                failed.remove(known.equipment());
            } catch (RuntimeException e) {
                // One life that the rules cannot follow must not keep a city waiting.
                log.error("cannot compute the duties of equipment {}", known.equipment(), e);
                failed.add(known.equipment());
                computed.remove(known.equipment());
                wanted.removeIf(row -> row.equipment() == known.equipment());
            }
        }
        Set<DutyRow> present = present(connection, computed);
        DutyCounts counts = new DutyCounts();
        List<DutyRow> gone =
                present.stream().filter(row -> !wanted.contains(row)).toList();
        List<DutyRow> fresh =
                wanted.stream().filter(row -> !present.contains(row)).toList();
        gone.forEach(counts::remove);
        fresh.forEach(counts::add);
        delete(connection, gone);
        insert(connection, fresh);
        counts.write(connection);
    }

    /**
     * Maintenance is the firm's whose contract began last, also after its end: a gap between two contracts must not be nobody's. Where another
     * firm takes over, the row is cut.
     */
    private static void rows(Lives.Known known, Duty duty, Set<DutyRow> rows) {
        if (duty.kind() != DutyKind.MAINTENANCE) {
            rows.add(row(known, duty, known.inspectionBody()));
            return;
        }
        TreeSet<LocalDate> cuts = new TreeSet<>();
        int before = -1;
        for (ContractSpan contract : known.life().contracts()) {
            if (contract.firm() != before) {
                cuts.add(contract.span().from());
            }
            before = contract.firm();
        }
        LocalDate from = duty.from();
        for (LocalDate cut : cuts.subSet(duty.from(), false, duty.until(), false)) {
            rows.add(part(known, duty, from, cut));
            from = cut;
        }
        rows.add(part(known, duty, from, duty.until()));
    }

    private static DutyRow part(Lives.Known known, Duty duty, LocalDate from, LocalDate until) {
        OptionalInt firm = OptionalInt.empty();
        for (ContractSpan contract : known.life().contracts()) {
            if (!contract.span().from().isAfter(from)) {
                firm = OptionalInt.of(contract.firm());
            }
        }
        return row(known, new Duty(duty.kind(), from, until, duty.dueOn(), duty.rule()), firm);
    }

    private static DutyRow row(Lives.Known known, Duty duty, OptionalInt answerable) {
        return new DutyRow(known.equipment(), duty, known.category(), known.division(), known.useUnit(), answerable);
    }

    private static Set<DutyRow> present(Connection connection, Collection<Integer> machines) throws SQLException {
        Set<DutyRow> present = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id
                FROM duty WHERE equipment_id = ANY (?)
                """)) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            // One text for each word and not for each row.
            Map<String, String> words = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    present.add(new DutyRow(
                            row.getInt(1),
                            new Duty(
                                    DutyKind.valueOf(row.getString(2)),
                                    Lives.day(row, 3),
                                    Lives.day(row, 4),
                                    Lives.day(row, 5),
                                    word(words, row.getString(6))),
                            word(words, row.getString(7)),
                            word(words, row.getString(8)),
                            Lives.whole(row, 9),
                            Lives.whole(row, 10)));
                }
            }
        }
        return present;
    }

    private static String word(Map<String, String> words, String text) {
        return words.computeIfAbsent(text, same -> same);
    }

    private static void delete(Connection connection, List<DutyRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM duty d USING unnest(?::integer[], ?::text[], ?::date[]) AS gone (equipment_id, kind, from_on)
                WHERE d.equipment_id = gone.equipment_id AND d.kind = gone.kind AND d.from_on = gone.from_on
                """)) {
            delete.setArray(1, connection.createArrayOf("integer", column(rows, DutyRow::equipment)));
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "text", column(rows, row -> row.duty().kind().name())));
            delete.setArray(
                    3,
                    connection.createArrayOf(
                            "date", column(rows, row -> row.duty().from())));
            delete.executeUpdate();
        }
    }

    private static void insert(Connection connection, List<DutyRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                SELECT * FROM unnest(?::integer[], ?::text[], ?::date[], ?::date[], ?::date[], ?::text[], ?::text[], ?::text[], ?::integer[],
                                     ?::integer[])
                """)) {
            insert.setArray(1, connection.createArrayOf("integer", column(rows, DutyRow::equipment)));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text", column(rows, row -> row.duty().kind().name())));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "date", column(rows, row -> row.duty().from())));
            insert.setArray(4, connection.createArrayOf("text", column(rows, DutyLedger::until)));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "date", column(rows, row -> row.duty().dueOn())));
            insert.setArray(
                    6,
                    connection.createArrayOf(
                            "text", column(rows, row -> row.duty().rule())));
            insert.setArray(7, connection.createArrayOf("text", column(rows, DutyRow::category)));
            insert.setArray(8, connection.createArrayOf("text", column(rows, DutyRow::division)));
            insert.setArray(9, connection.createArrayOf("integer", column(rows, row -> number(row.useUnit()))));
            insert.setArray(10, connection.createArrayOf("integer", column(rows, row -> number(row.answerable()))));
            insert.executeUpdate();
        }
    }

    private static String until(DutyRow row) {
        return row.duty().until().equals(Duty.OPEN)
                ? "infinity"
                : row.duty().until().toString();
    }

    private static @Nullable Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static @Nullable Object[] column(List<DutyRow> rows, Function<DutyRow, @Nullable Object> value) {
        @Nullable Object[] column = new @Nullable Object[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }
}
