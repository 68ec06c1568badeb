package io.tean.dashboards.alert;

import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertLifecycle.Allowed;
import io.tean.core.alert.AlertLifecycle.Standing;
import io.tean.core.alert.AlertState;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.Severity;
import io.tean.core.stream.Label;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An alert as its viewer sees it.
 *
 * @param title of its rule; none when the catalogue does not know the rule
 * @param clearedAt none while its condition holds
 */
public record Alert(
        long id,
        Severity severity,
        String rule,
        Optional<Label> title,
        Subject subject,
        AlertState state,
        Seen seen,
        Optional<Instant> clearedAt,
        Quiet quiet) {

    /**
     * What it is about.
     *
     * @param kind such as {@code MACHINE}
     * @param name of a machine its inner number; else the code, number or record
     * @param organisation whom a subject that is no machine belongs to
     * @param division where it happened
     */
    public record Subject(
            String kind,
            String name,
            Optional<Machine> machine,
            Optional<String> organisation,
            Optional<String> division) {
        /** The machine's code, or else what it is about. */
        public String code() {
            return machine.map(Machine::code).orElse(name);
        }

        /** Whether there is more to say than the machine. */
        public boolean isOther() {
            return !kind.equals("MACHINE");
        }
    }

    /**
     * When and how often.
     *
     * @param first event time of the first finding
     * @param last event time of the newest one
     * @param activations how often it began
     * @param activatedAt when it began last, by the database's clock
     * @param late whether the first finding came in more than two minutes after it happened
     */
    public record Seen(
            Instant first,
            Instant last,
            int findings,
            int activations,
            Instant activatedAt,
            Instant openedAt,
            boolean late) {}

    /**
     * Why it calls nobody, if so.
     *
     * @param silence that is in force for it
     * @param mutedBy the alert of the whole site that explains it
     */
    public record Quiet(OptionalLong silence, OptionalLong mutedBy) {}

    /** The title of its rule, or the rule's name. */
    public String title(Tongue t) {
        return title.map(t::say).orElse(rule);
    }

    public boolean isEmergency() {
        return severity == Severity.EMERGENCY;
    }

    /** Closed, or else cleared before anything that people did: one word for a list. */
    public String standing() {
        return state != AlertState.CLOSED && clearedAt.isPresent() && state == AlertState.OPEN
                ? "cleared"
                : state.word();
    }

    /** What a list says beside it. */
    public List<Word> marks() {
        List<Word> marks = new ArrayList<>();
        if (clearedAt.isPresent() && state == AlertState.ACKNOWLEDGED) {
            marks.add(Word.ALERT_MARK_CLEARED);
        }
        if (seen.late) {
            marks.add(Word.ALERT_MARK_LATE);
        }
        if (quiet.silence.isPresent()) {
            marks.add(Word.ALERT_MARK_SILENCED);
        }
        if (quiet.mutedBy.isPresent()) {
            marks.add(Word.ALERT_MARK_MUTED);
        }
        return marks;
    }

    /** Whether a person may take the step now. */
    public boolean allows(AlertStep step) {
        // Whether its rule leaves the closing to a person matters to the clock only.
        return AlertLifecycle.judge(new Standing(state, clearedAt.isPresent(), severity, true), step)
                instanceof Allowed;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alert_id", id);
        json.put("severity", severity.name());
        json.put("rule", rule);
        json.put("title_zh", title.map(Label::zh));
        json.put("title_en", title.map(Label::en));
        json.put("subject_kind", subject.kind);
        json.put("subject", subject.isOther() ? subject.name : subject.code());
        json.put("equipment_code", subject.machine.map(Machine::code));
        json.put("equipment_name", subject.machine.map(Machine::name));
        json.put("place", subject.machine.flatMap(Machine::place));
        json.put("division_code", subject.division);
        json.put("organisation", subject.organisation);
        json.put("state", state.word());
        json.put("first_seen", seen.first);
        json.put("last_seen", seen.last);
        json.put("findings", seen.findings);
        json.put("activations", seen.activations);
        json.put("activated_at", seen.activatedAt);
        json.put("opened_at", seen.openedAt);
        json.put("late", seen.late);
        json.put("cleared_at", clearedAt);
        json.put("silence_id", quiet.silence);
        json.put("muted_by", quiet.mutedBy);
        return json;
    }
}
