package io.tean.dashboards.alert;

import io.tean.core.stream.Field;
import io.tean.core.stream.Label;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.alert.AlertCard.Moment;
import io.tean.dashboards.alert.AlertCard.Rule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what stands behind an alert that its viewer may see: its rule, what it saw, what was done, and the readings around it. */
final class CardReader {
    /** Of all streams together. */
    static final int MOST_READINGS = 50;

    private static final JsonMapper JSON = new JsonMapper();

    private final StreamCatalogue catalogue;

    CardReader(StreamCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Of a row with the columns of alert_rule; empty when there is none. */
    Optional<Rule> rule(ResultSet row) throws SQLException {
        if (row.getString("conditions") == null) {
            return Optional.empty();
        }
        List<Map<String, String>> conditions = new ArrayList<>();
        for (JsonNode condition : JSON.readTree(row.getString("conditions"))) {
            Map<String, String> words = new LinkedHashMap<>();
            condition.properties().forEach(word -> {
                JsonNode value = word.getValue();
                if (!value.isNull()) {
                    words.put(word.getKey(), value.isString() ? value.stringValue() : value.toString());
                }
            });
            conditions.add(words);
        }
        return Optional.of(new Rule(
                row.getInt("version"),
                row.getString("effective"),
                new Label(row.getString("advice_zh"), row.getString("advice_en")),
                row.getString("source"),
                new Label(row.getString("clause_zh"), row.getString("clause")),
                row.getString("mark"),
                List.copyOf(conditions),
                row.getTimestamp("retired_at") != null));
    }

    /**
     * What a rule saw.
     *
     * @param json an object; its fields are those of a stream, or as {@code stream.field}
     * @param spoken names of the streams that a bare field may be of
     */
    List<Value> values(String json, List<String> spoken) {
        List<Value> values = new ArrayList<>();
        flatten("", JSON.readTree(json), spoken, values);
        return values;
    }

    private void flatten(String name, JsonNode node, List<String> spoken, List<Value> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(part -> flatten(
                            name.isEmpty() ? part.getKey() : name + "." + part.getKey(),
                            part.getValue(),
                            spoken,
                            values));
        } else if (!node.isNull()) {
            @Nullable Object value = JSON.treeToValue(node, Object.class);
            if (value != null) {
                values.add(new Value(name, field(name, spoken), value));
            }
        }
    }

    private Optional<Field> field(String name, List<String> spoken) {
        String[] parts = name.replaceFirst("^last\\.", "").split("\\.", -1);
        if (parts.length == 2) {
            return catalogue.stream(parts[0].replace('_', '-')).flatMap(stream -> stream.field(parts[1]));
        }
        return parts.length > 2
                ? Optional.empty()
                : spoken.stream()
                        .flatMap(stream -> catalogue.stream(stream).stream())
                        .flatMap(stream -> stream.field(name).stream())
                        .findFirst();
    }

    /** The streams of the machine that its findings name. */
    static List<String> streams(Handle handle, long alert, int equipment) {
        return handle.createQuery("""
                        SELECT DISTINCT stream FROM alert_finding WHERE alert_id = :alert AND equipment_id = :equipment ORDER BY stream
                        """)
                .bind("alert", alert)
                .bind("equipment", equipment)
                .mapTo(String.class)
                .list();
    }

    /** The newest entries of the audit trail, in the order of time. */
    static List<Moment> timeline(Handle handle, long alert) {
        return handle.createQuery("""
                        SELECT * FROM (SELECT audit_id, at, actor_kind, actor, action, reason, after ->> 'note' AS note FROM audit_entry
                                       WHERE subject_kind = 'alert' AND subject = :alert ORDER BY audit_id DESC LIMIT :most) newest
                        ORDER BY audit_id
                        """)
                .bind("alert", Long.toString(alert))
                .bind("most", AlertCard.MOST_MOMENTS)
                .map((row, context) -> new Moment(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor_kind"),
                        row.getString("actor"),
                        row.getString("action"),
                        Optional.ofNullable(row.getString("reason"))
                                .or(() -> note(row))
                                .filter(text -> !text.isBlank())))
                .list();
    }

    private static Optional<String> note(ResultSet row) {
        try {
            return Optional.ofNullable(row.getString("note"));
        } catch (SQLException e) {
            throw new IllegalStateException("a timeline without its column note", e);
        }
    }

    /** The readings of the machine within five minutes of the first and of the newest finding, those nearest to them. */
    List<Evidence> evidence(Handle handle, Alert alert, int equipment, List<String> streams) {
        List<StreamDeclaration> known = streams.stream()
                .flatMap(name -> catalogue.stream(name).stream())
                .toList();
        return known.stream()
                .map(stream -> evidence(handle, alert, equipment, stream, Math.max(1, MOST_READINGS / known.size())))
                .filter(evidence -> !evidence.rows().isEmpty())
                .toList();
    }

    private static Evidence evidence(Handle handle, Alert alert, int equipment, StreamDeclaration stream, int most) {
        // Names of a declaration, which are words and nothing else.
        String columns = stream.fields().stream().map(Field::name).collect(Collectors.joining(", "));
        String sameKey = stream.key().isEmpty()
                ? "TRUE"
                : stream.key().stream()
                        .map(field -> "t." + field.name() + "::text")
                        .collect(Collectors.joining(", ", "f.key_values = ARRAY[", "]"));
        List<Evidence.Row> rows = handle.createQuery("""
                        SELECT * FROM (
                            SELECT t.time, %s,
                                EXISTS (SELECT FROM alert_finding f
                                        WHERE f.alert_id = :alert AND f.stream = :stream AND f.equipment_id = t.equipment_id
                                          AND f.time = t.time AND f.rule = :rule AND %s) AS is_finding
                            FROM %s t
                            WHERE t.equipment_id = :equipment
                              AND (t.time BETWEEN :first - interval '5 minutes' AND :first + interval '5 minutes'
                                   OR t.time BETWEEN :last - interval '5 minutes' AND :last + interval '5 minutes')
                            ORDER BY least(abs(extract(epoch FROM t.time - :first)), abs(extract(epoch FROM t.time - :last))), t.time
                            LIMIT :most) nearest
                        ORDER BY time
                        """.formatted(columns, sameKey, stream.table()))
                .bind("alert", alert.id())
                .bind("stream", stream.name())
                .bind("rule", alert.rule())
                .bind("equipment", equipment)
                .bind("first", alert.seen().first().atOffset(java.time.ZoneOffset.UTC))
                .bind("last", alert.seen().last().atOffset(java.time.ZoneOffset.UTC))
                .bind("most", most)
                .map((row, context) -> Evidence.Row.of(row, stream, row.getBoolean("is_finding")))
                .list();
        List<Field> fields = stream.fields().stream()
                .filter(field -> rows.stream().anyMatch(row -> row.value(field).isPresent()))
                .toList();
        return new Evidence(stream, fields, rows);
    }
}
