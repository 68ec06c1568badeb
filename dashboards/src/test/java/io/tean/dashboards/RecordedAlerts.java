package io.tean.dashboards;

import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertLifecycle.Allowed;
import io.tean.core.alert.AlertLifecycle.Refused;
import io.tean.core.alert.AlertLifecycle.Standing;
import io.tean.core.alert.AlertState;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.CauseClass;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was decided about alerts; with a database it does it, too, as the lifecycle allows. */
public final class RecordedAlerts implements AlertDecisions {
    private final List<String> made = new CopyOnWriteArrayList<>();
    private volatile Optional<TestDatabase> database = Optional.empty();

    /** From now on what is decided happens there. */
    public void carryOutIn(TestDatabase place) {
        database = Optional.of(place);
    }

    /** Each as "close 7 GENUINE because of a stone by ACCOUNT admin". */
    public List<String> made() {
        return List.copyOf(made);
    }

    @Override
    public Outcome acknowledge(long alertId, String note, Actor actor) {
        note("acknowledge", alertId + said(note), actor);
        return step(alertId, AlertStep.ACKNOWLEDGE, "acknowledged_at = clock_timestamp(), acknowledged_by", actor);
    }

    @Override
    public Outcome close(long alertId, CauseClass cause, String note, Actor actor) {
        note("close", alertId + " " + cause + said(note), actor);
        return step(alertId, AlertStep.CLOSE, closing(cause), actor);
    }

    @Override
    public Outcome endAlarm(long alertId, CauseClass cause, String note, Actor actor) {
        note("end", alertId + " " + cause + said(note), actor);
        return step(alertId, AlertStep.END_OF_ALARM, closing(cause), actor);
    }

    @Override
    public long silence(SilenceDraft draft, Actor actor) {
        String place = draft.equipmentId().isPresent()
                ? "machine " + draft.equipmentId().get()
                : draft.useUnitId().isPresent()
                        ? "use unit " + draft.useUnitId().get()
                        : "division " + draft.division().orElseThrow();
        note("silence", place + " " + draft.rule().orElse("every rule") + said(draft.reason()), actor);
        if (draft.reason().contains("no such")) {
            throw new IllegalArgumentException("rule: there is no such rule any more");
        }
        return database.map(store -> store.number("""
                        INSERT INTO silence (equipment_id, use_unit_id, division_code, rule, reason, from_at, until_at, added_by)
                        VALUES (%s, %s, %s, %s, 'typed in', '%s', '%s', '%s') RETURNING silence_id
                        """.formatted(
                                draft.equipmentId().map(String::valueOf).orElse("NULL"),
                                draft.useUnitId().map(String::valueOf).orElse("NULL"),
                                draft.division().map(code -> "'" + code + "'").orElse("NULL"),
                                draft.rule().map(name -> "'" + name + "'").orElse("NULL"),
                                draft.from(),
                                draft.until(),
                                actor.name())))
                .orElse(1L);
    }

    @Override
    public boolean endSilence(long silenceId, Actor actor) {
        note("end silence", Long.toString(silenceId), actor);
        return database.map(place -> place.number("""
                        WITH ended AS (UPDATE silence SET ended_at = clock_timestamp(), ended_by = '%s'
                                       WHERE silence_id = %d AND ended_at IS NULL RETURNING 1) SELECT count(*) FROM ended
                        """.formatted(actor.name(), silenceId)) == 1)
                .orElse(true);
    }

    private Outcome step(long alertId, AlertStep step, String set, Actor actor) {
        if (database.isEmpty()) {
            return new Done(AlertState.ACKNOWLEDGED);
        }
        TestDatabase place = database.get();
        String[] found = place.text(
                        "SELECT state || ' ' || (cleared_at IS NOT NULL) || ' ' || severity FROM alert WHERE alert_id = "
                                + alertId)
                .split(" ", -1);
        AlertState state = AlertState.of(found[0]);
        return switch (AlertLifecycle.judge(
                new Standing(state, found[1].equals("true"), Severity.valueOf(found[2]), true), step)) {
            case Refused(AlertLifecycle.Reason reason) -> new NotAllowed(reason, state);
            case Allowed(AlertState next, boolean ignored) -> {
                place.execute("""
                        UPDATE alert SET state = '%1$s', %2$s = '%3$s' WHERE alert_id = %4$d;
                        INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject)
                        VALUES ('account', '%3$s', 'alert.%5$s', 'alert', '%4$d')
                        """.formatted(
                                next.word(),
                                set,
                                actor.name(),
                                alertId,
                                step == AlertStep.ACKNOWLEDGE ? "acknowledge" : "close"));
                yield new Done(next);
            }
        };
    }

    private static String closing(CauseClass cause) {
        return "closed_at = clock_timestamp(), cause = '" + cause + "', closed_by";
    }

    private void note(String what, String about, Actor actor) {
        made.add(what + " " + about + " by " + actor.kind() + " " + actor.name());
    }

    private static String said(String note) {
        return note.isEmpty() ? "" : " because of " + note;
    }
}
