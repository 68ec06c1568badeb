package io.tean.register.inspection;

import io.tean.core.inspection.SubmissionStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives submissions that came by a file the day until when their next step must be done. */
public final class OpenSubmissions {
    private static final int AT_ONCE = 5_000;

    private final Deadlines deadlines;

    public OpenSubmissions(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** In the transaction that took them in. */
    public void setDeadlines(Connection connection) throws SQLException {
        long last = 0;
        while (true) {
            List<Long> ids = new ArrayList<>();
            List<LocalDate> days = new ArrayList<>();
            List<String> rules = new ArrayList<>();
            long before = last;
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT s.submission_id, s.state, s.submitted_on, s.accepted_on, s.agreed_on,
                           (SELECT max(on_day) FROM submission_step t WHERE t.submission_id = s.submission_id)
                    FROM submission s
                    WHERE s.submission_id > ? AND s.next_rule IS NULL AND s.reported_on IS NULL AND s.ended_on IS NULL
                    ORDER BY s.submission_id LIMIT ?
                    """)) {
                select.setLong(1, last);
                select.setInt(2, AT_ONCE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        LocalDate submitted = row.getObject(3, LocalDate.class);
                        LocalDate newest = row.getObject(6, LocalDate.class);
                        Optional<Deadlines.Next> next = deadlines.next(
                                SubmissionStep.valueOf(row.getString(2)),
                                newest == null ? submitted : newest,
                                submitted,
                                Optional.ofNullable(row.getObject(4, LocalDate.class)),
                                Optional.ofNullable(row.getObject(5, LocalDate.class)));
                        if (next.isPresent()) {
                            ids.add(last);
                            days.add(next.get().dueOn());
                            rules.add(next.get().rule());
                        }
                    }
                }
            }
            if (last == before) {
                return;
            }
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE submission s SET next_due_on = n.due_on, next_rule = n.rule
                    FROM unnest(?::bigint[], ?::date[], ?::text[]) AS n (id, due_on, rule) WHERE s.submission_id = n.id
                    """)) {
                update.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                update.setArray(2, connection.createArrayOf("date", days.toArray()));
                update.setArray(3, connection.createArrayOf("text", rules.toArray()));
                update.executeUpdate();
            }
        }
    }
}
