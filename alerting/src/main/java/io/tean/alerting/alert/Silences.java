package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertDecisions.SilenceDraft;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The silences that people give: checked, stored with their audit entries, and ended before their time. */
final class Silences {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration LONGEST_OF_EMERGENCY = Duration.ofHours(24);
    private static final String NO_SUCH_ROW = "23503";

    private final DataSource database;
    private final RuleCatalogue rules;

    Silences(DataSource database, RuleCatalogue rules) {
        this.database = database;
        this.rules = rules;
    }

    long add(SilenceDraft draft, Actor actor) {
        check(draft);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO silence AS s (equipment_id, use_unit_id, division_code, rule, reason, from_at, until_at, added_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        RETURNING s.silence_id,
                            coalesce(s.use_unit_id, (SELECT e.use_unit_id FROM equipment e WHERE e.equipment_id = s.equipment_id))
                        """)) {
            connection.setAutoCommit(false);
            insert.setObject(1, draft.equipmentId().orElse(null));
            insert.setObject(2, draft.useUnitId().orElse(null));
            insert.setString(3, draft.division().orElse(null));
            insert.setString(4, draft.rule().orElse(null));
            insert.setString(5, draft.reason().strip());
            insert.setObject(6, draft.from().atOffset(ZoneOffset.UTC));
            insert.setObject(7, draft.until().atOffset(ZoneOffset.UTC));
            insert.setString(8, actor.name());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                AlertStore.tell(
                        connection,
                        List.of(entry(actor, "silence.add", id, Map.of(), words(draft), row)
                                .withReason(draft.reason().strip())),
                        List.of());
                connection.commit();
                return id;
            }
        } catch (SQLException e) {
            if (NO_SUCH_ROW.equals(e.getSQLState())) {
                throw new IllegalArgumentException(
                        "a silence for " + words(draft) + ": nobody registered that place", e);
            }
            throw new StoreException("cannot add a silence: " + e.getMessage(), e);
        }
    }

    boolean end(long silenceId, Actor actor) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE silence s SET ended_at = tean_now(), ended_by = ?
                        WHERE s.silence_id = ? AND s.ended_at IS NULL AND s.until_at > tean_now()
                        RETURNING s.silence_id,
                            coalesce(s.use_unit_id, (SELECT e.use_unit_id FROM equipment e WHERE e.equipment_id = s.equipment_id)),
                            s.until_at::text, s.ended_at::text
                        """)) {
            connection.setAutoCommit(false);
            update.setString(1, actor.name());
            update.setLong(2, silenceId);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                AlertStore.tell(
                        connection,
                        List.of(entry(
                                actor,
                                "silence.end",
                                silenceId,
                                Map.of("until", row.getString(3)),
                                Map.of("until", row.getString(4)),
                                row)),
                        List.of());
                connection.commit();
                return true;
            }
        } catch (SQLException e) {
            throw new StoreException("cannot end silence " + silenceId + ": " + e.getMessage(), e);
        }
    }

    private void check(SilenceDraft draft) {
        long places = Stream.of(draft.equipmentId(), draft.useUnitId(), draft.division())
                .filter(place -> place.isPresent())
                .count();
        require(places == 1, "a silence is for exactly one machine, use unit or division; here are " + places);
        draft.division()
                .ifPresent(code -> require(code.matches("[0-9]{6}"), "division " + code + " is not six digits"));
        require(!draft.reason().isBlank(), "a silence needs a reason");
        require(
                draft.from().isBefore(draft.until()),
                "a silence from " + draft.from() + " cannot end at " + draft.until() + ": end it later");
        Duration length = Duration.between(draft.from(), draft.until());
        require(
                length.compareTo(LONGEST) <= 0,
                "a silence of " + length.toDays() + " days is too long: 90 days at most");
        draft.rule().ifPresent(name -> {
            Rule rule = rules.rule(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "rule " + name + " is not known; bin/tean rules list shows those that are"));
            boolean emergency = rule.severity() == Severity.EMERGENCY;
            require(
                    !emergency || draft.equipmentId().isPresent(),
                    "rule " + name + " is of emergencies: silence it for a single machine only");
            require(
                    !emergency || length.compareTo(LONGEST_OF_EMERGENCY) <= 0,
                    "rule " + name + " is of emergencies: silence it for 24 hours at most");
        });
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Map<String, String> words(SilenceDraft draft) {
        Map<String, String> words = new TreeMap<>();
        draft.equipmentId().ifPresent(id -> words.put("equipment_id", Integer.toString(id)));
        draft.useUnitId().ifPresent(id -> words.put("use_unit_id", Integer.toString(id)));
        draft.division().ifPresent(code -> words.put("division", code));
        draft.rule().ifPresent(rule -> words.put("rule", rule));
        words.put("from", draft.from().toString());
        words.put("until", draft.until().toString());
        return words;
    }

    private static AuditEntry entry(
            Actor actor, String action, long id, Map<String, String> before, Map<String, String> after, ResultSet row)
            throws SQLException {
        Integer organisation = row.getObject(2, Integer.class);
        return AuditEntry.of(actor, action, "silence", Long.toString(id), before, after)
                .withOrganisation(organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation));
    }
}
