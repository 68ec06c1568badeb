package io.tean.dashboards.audit;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which entries are asked for.
 *
 * @param q what the actor or the subject begins with
 * @param action code, such as {@code account.disable}
 * @param from first day, of China
 * @param to last day, of China
 */
public record AuditFilter(
        Optional<String> q, Optional<String> action, Optional<LocalDate> from, Optional<LocalDate> to) {
    /** Every action that a part of Tean writes, in the order of the list to choose from. */
    public static final List<String> ACTIONS = List.of(
            "account.login",
            "account.add",
            "account.change",
            "account.disable",
            "account.enable",
            "account.reset",
            "account.password",
            "token.add",
            "token.revoke",
            "device.add",
            "device.assign",
            "device.bind",
            "device.disable",
            "device.enable",
            "device.renew-token",
            "dead-letter.replay",
            "dead-letter.discard",
            "alert.open",
            "alert.reactivate",
            "alert.clear",
            "alert.acknowledge",
            "alert.close",
            "alert.end-of-alarm",
            "silence.add",
            "silence.end",
            "case.open",
            "case.join",
            "case.dispatch",
            "case.answer",
            "case.refuse",
            "case.arrive",
            "case.release",
            "case.false-alarm",
            "case.close",
            "case.hand-over",
            "recipient.add",
            "recipient.change",
            "recipient.retire",
            "notice.test",
            "delivery.retry",
            "equipment.add",
            "equipment.change",
            "organisation.add",
            "organisation.change");

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int LONGEST_TEXT = 100;
    /** Behind everything that begins with the text before it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    /** @throws Refusal when a value cannot be used */
    static AuditFilter of(Request request) {
        Optional<LocalDate> from = day(request, "from");
        Optional<LocalDate> to = day(request, "to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw Refusal.badParameter("to", "'" + to.get() + "' is before the first day, " + from.get());
        }
        return new AuditFilter(text(request, "q"), text(request, "action"), from, to);
    }

    /** Whether it leaves anything out. */
    public boolean isAny() {
        return q.isPresent() || action.isPresent() || from.isPresent() || to.isPresent();
    }

    /** The actions to choose from, with the one that was asked for. */
    public List<String> actions() {
        List<String> actions = new ArrayList<>(ACTIONS);
        action.filter(asked -> !actions.contains(asked)).ifPresent(actions::add);
        return actions;
    }

    /** SQL conditions on {@code e}, an audit_entry; it binds what {@link #bindings()} has. */
    String condition() {
        StringBuilder sql = new StringBuilder("TRUE");
        if (q.isPresent()) {
            sql.append("""
                     AND (e.actor COLLATE "C" BETWEEN :q AND :q_end OR e.subject COLLATE "C" BETWEEN :q AND :q_end)
                    """.stripTrailing());
        }
        if (action.isPresent()) {
            sql.append(" AND e.action = :action");
        }
        if (from.isPresent()) {
            sql.append(" AND e.at >= :from");
        }
        if (to.isPresent()) {
            sql.append(" AND e.at < :until");
        }
        return sql.toString();
    }

    Map<String, Object> bindings() {
        Map<String, Object> bindings = new HashMap<>();
        q.ifPresent(text -> {
            bindings.put("q", text);
            bindings.put("q_end", text + LAST_CHARACTER);
        });
        action.ifPresent(code -> bindings.put("action", code));
        from.ifPresent(day -> bindings.put("from", start(day)));
        to.ifPresent(day -> bindings.put("until", start(day.plusDays(1))));
        return bindings;
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(CHINA).toOffsetDateTime();
    }

    private static Optional<LocalDate> day(Request request, String name) {
        return request.query(name).map(text -> {
            if (DAY.matcher(text).matches()) {
                try {
                    return LocalDate.parse(text);
                } catch (DateTimeParseException e) {
                    // A day that no month has: said below, with what would do.
                }
            }
            throw Refusal.badParameter(name, "it is not a day such as 2026-03-01");
        });
    }

    private static Optional<String> text(Request request, String name) {
        Optional<String> text = request.query(name);
        text.ifPresent(given -> {
            if (given.length() > LONGEST_TEXT || given.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.badParameter(
                        name, "it must have at most " + LONGEST_TEXT + " characters, and no control characters");
            }
        });
        return text;
    }
}
