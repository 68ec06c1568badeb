package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.RescueDecisions.Answer;
import io.tean.core.rescue.RescueDecisions.Done;
import io.tean.core.rescue.RescueDecisions.NotAllowed;
import io.tean.core.rescue.RescueDecisions.Outcome;
import io.tean.core.rescue.RescueDecisions.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units answer in the very moment in which their time runs out, and two services look after the clocks. */
class RescueRaceIT {
    private static final RescueBook BOOK = new RescueBook();
    private static final int RACES = 10_000;
    private static final int AT_ONCE = 40;

    private final CaseClock other = new CaseClock(BOOK.pool, BOOK.limits, new RescueCounts(BOOK.meters));

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void after_an_answer_was_committed_nobody_else_is_called() throws Exception {
        long answered = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int batch = 0; batch < RACES / AT_ONCE; batch++) {
                Map<Long, Long> calls = open();
                CyclicBarrier together = new CyclicBarrier(4);
                List<Future<Long>> all = threads.invokeAll(List.of(
                        () -> answers(together, calls, 0),
                        () -> answers(together, calls, 1),
                        () -> looks(together, BOOK.clock),
                        () -> looks(together, other)));
                for (Future<Long> one : all) {
                    answered += one.get();
                }
            }
        }
        BOOK.clock.pass();
        BOOK.sound();
        assertThat(BOOK.database.number("SELECT count(*) FROM rescue_case")).isEqualTo(RACES);
        // Both must have won often, or it was no race.
        assertThat(answered).isBetween(RACES / 50L, RACES - RACES / 50L);
        assertThat(BOOK.database.number("SELECT count(*) FROM rescue_dispatch WHERE state = 'ANSWERED'"))
                .isEqualTo(answered);
        assertThat(BOOK.database.number("""
                SELECT count(*) FROM rescue_case c
                WHERE (SELECT string_agg(step, ' ' ORDER BY entry_id) FROM case_entry e WHERE e.case_id = c.case_id)
                    NOT IN ('ANSWER', 'NO_ANSWER SKIP DISPATCH')
                    OR (SELECT string_agg(concat_ws(' ', level, state), ', ' ORDER BY dispatch_id) FROM rescue_dispatch d WHERE d.case_id = c.case_id)
                    NOT IN ('1 ANSWERED', '1 NO_ANSWER, 2 SKIPPED, 3 CALLED')
                """)).isZero();
        assertThat(BOOK.database.number("SELECT count(*) FROM notice")).isEqualTo(RACES - answered);
    }

    /** Cases whose first unit was called, and whose time to answer runs out now; each with its call. */
    private static Map<Long, Long> open() throws SQLException {
        try (Connection connection = BOOK.pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        WITH c AS (
                            INSERT INTO rescue_case (place, origin, state, level, occurred_at, next_due_at, next_due)
                            SELECT 'x', 'CALL', 'DISPATCHED', 1, tean_now(), tean_now(), 'ANSWER' FROM generate_series(1, ?)
                            RETURNING case_id)
                        INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, telephone, escalation, answer_by)
                        SELECT case_id, 1, true, 3, '安迅电梯', '1', 'FIRST', tean_now() FROM c
                        RETURNING case_id, dispatch_id
                        """)) {
            insert.setInt(1, AT_ONCE);
            Map<Long, Long> calls = new TreeMap<>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    calls.put(row.getLong(1), row.getLong(2));
                }
            }
            return calls;
        }
    }

    private static long answers(CyclicBarrier together, Map<Long, Long> calls, int which) throws Exception {
        together.await();
        long done = 0;
        for (Map.Entry<Long, Long> call : calls.entrySet()) {
            if (call.getKey() % 2 == which) {
                Outcome outcome = BOOK.decide(call.getKey(), new Answer(call.getValue()));
                if (outcome instanceof Done answered) {
                    assertThat(answered.state()).isEqualTo(CaseState.ANSWERED);
                    done++;
                } else {
                    assertThat(outcome).isEqualTo(new NotAllowed(Reason.NOT_CALLED_ANY_MORE, CaseState.DISPATCHED));
                }
            }
        }
        return done;
    }

    private static long looks(CyclicBarrier together, CaseClock clock) throws Exception {
        together.await();
        clock.pass();
        return 0;
    }
}
