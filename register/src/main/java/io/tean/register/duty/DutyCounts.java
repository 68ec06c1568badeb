package io.tean.register.duty;

import io.tean.register.due.Duty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a change of duties adds to the counts by day, gathered over a batch and written once. */
final class DutyCounts {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::kind)
            .thenComparing(Key::day)
            .thenComparing(Key::division)
            .thenComparing(Key::category)
            .thenComparingInt(Key::answerable);

    private final Map<Key, int[]> changes = new HashMap<>();

    private record Key(String kind, LocalDate day, String division, String category, int answerable) {}

    void add(DutyRow row) {
        count(row, 1);
    }

    void remove(DutyRow row) {
        count(row, -1);
    }

    private void count(DutyRow row, int sign) {
        Duty duty = row.duty();
        change(row, duty.from(), sign, 0);
        if (duty.until().isBefore(Duty.OPEN)) {
            change(row, duty.until(), -sign, 0);
        }
        if (!duty.dueOn().isBefore(duty.from())) {
            LocalDate late = duty.dueOn().plusDays(1);
            change(row, duty.from(), 0, sign);
            LocalDate end = late.isBefore(duty.until()) ? late : duty.until();
            if (end.isBefore(Duty.OPEN)) {
                change(row, end, 0, -sign);
            }
        }
    }

    private void change(DutyRow row, LocalDate day, int base, int inside) {
        Key key = new Key(
                row.duty().kind().name(),
                day,
                row.division(),
                row.category(),
                row.answerable().orElse(0));
        int[] change = changes.computeIfAbsent(key, ignored -> new int[2]);
        change[0] += base;
        change[1] += inside;
    }

    void write(Connection connection) throws SQLException {
        List<Map.Entry<Key, int[]>> entries = new ArrayList<>(changes.entrySet());
        entries.removeIf(entry -> entry.getValue()[0] == 0 && entry.getValue()[1] == 0);
        entries.sort(Map.Entry.comparingByKey(ORDER));
        if (entries.isEmpty()) {
            return;
        }
        int size = entries.size();
        Object[] kinds = new Object[size];
        Object[] days = new Object[size];
        Object[] divisions = new Object[size];
        Object[] categories = new Object[size];
        Object[] answerables = new Object[size];
        Object[] bases = new Object[size];
        Object[] insides = new Object[size];
        for (int i = 0; i < size; i++) {
            Key key = entries.get(i).getKey();
            kinds[i] = key.kind();
            days[i] = key.day();
            divisions[i] = key.division();
            categories[i] = key.category();
            answerables[i] = key.answerable();
            bases[i] = entries.get(i).getValue()[0];
            insides[i] = entries.get(i).getValue()[1];
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                SELECT * FROM unnest(?::text[], ?::date[], ?::text[], ?::text[], ?::integer[], ?::integer[], ?::integer[])
                ON CONFLICT (kind, day, division_code, category, answerable_id)
                DO UPDATE SET base = duty_count.base + excluded.base, inside = duty_count.inside + excluded.inside
                """)) {
            upsert.setArray(1, connection.createArrayOf("text", kinds));
            upsert.setArray(2, connection.createArrayOf("date", days));
            upsert.setArray(3, connection.createArrayOf("text", divisions));
            upsert.setArray(4, connection.createArrayOf("text", categories));
            upsert.setArray(5, connection.createArrayOf("integer", answerables));
            upsert.setArray(6, connection.createArrayOf("integer", bases));
            upsert.setArray(7, connection.createArrayOf("integer", insides));
            upsert.executeUpdate();
        }
    }
}
