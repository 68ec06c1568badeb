package io.tean.dashboards.audit;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.route.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * An audit entry as its reader sees it.
 *
 * @param source address that the change came from; none for the service itself
 * @param organisation that the subject belongs to
 * @param before JSON, as it was written
 * @param after JSON, as it was written
 * @param seal none while the entry waits for it
 */
public record Entry(
        long id,
        Instant at,
        String actorKind,
        String actor,
        Optional<String> source,
        String action,
        String subjectKind,
        String subject,
        Optional<Organisation> organisation,
        Optional<String> before,
        Optional<String> after,
        Optional<String> reason,
        Optional<Seal> seal) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The organisation whose people may read the entry, beside the bureau's. */
    public record Organisation(String creditCode, String name) {}

    /**
     * What makes a change of the entry seen.
     *
     * @param hash covers the entry and the seal before it
     */
    public record Seal(long number, String hash, Instant at) {
        Seal(long number, byte[] hash, Instant at) {
            this(number, HexFormat.of().formatHex(hash), at);
        }
    }

    /**
     * One field, before and after.
     *
     * @param before none when there was no such field
     * @param after none when there is none any more
     */
    public record Field(String name, Optional<String> before, Optional<String> after) {
        public boolean isChanged() {
            return !before.equals(after);
        }
    }

    /** The fields that differ, in the order in which they were written. */
    public List<Field> changes() {
        return fields().stream().filter(Field::isChanged).toList();
    }

    /** The fields that were written although they stayed as they were. */
    public List<Field> unchanged() {
        return fields().stream().filter(field -> !field.isChanged()).toList();
    }

    /** The page of what was changed; none where there is no such page, or not for this viewer. */
    public Optional<String> subjectPath(Viewer viewer) {
        Optional<Route> page = switch (subjectKind) {
            case "account" -> Optional.of(Route.ACCOUNT);
            case "alert" -> Optional.of(Route.ALERT);
            case "device" -> Optional.of(Route.DEVICE);
            case "dead-letter" -> Optional.of(Route.DEAD_LETTER);
            case "equipment" -> Optional.of(Route.EQUIPMENT_ENTRY);
            case "organisation" -> Optional.of(Route.ORGANISATION);
            default -> Optional.empty();
        };
        return page.filter(route -> route.isFor(viewer)).map(route -> route.path(subject));
    }

    /** As the API says it; what there is not is null. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("at", at.toString());
        json.put("actor_kind", actorKind);
        json.put("actor", actor);
        json.put("source", source.orElse(null));
        json.put("action", action);
        json.put("subject_kind", subjectKind);
        json.put("subject", subject);
        json.put("organisation", organisation.map(Entry::json).orElse(null));
        json.put("before", before.map(RawValue::new).orElse(null));
        json.put("after", after.map(RawValue::new).orElse(null));
        json.put("reason", reason.orElse(null));
        json.put("seal", seal.map(Entry::json).orElse(null));
        return json;
    }

    private static Map<String, Object> json(Organisation organisation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credit_code", organisation.creditCode());
        json.put("name", organisation.name());
        return json;
    }

    private static Map<String, Object> json(Seal seal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", seal.number());
        json.put("hash", seal.hash());
        json.put("sealed_at", seal.at().toString());
        return json;
    }

    private List<Field> fields() {
        Map<String, String> old = texts(before);
        Map<String, String> fresh = texts(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(new Field(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(fresh.get(name))));
        }
        return fields;
    }

    private static Map<String, String> texts(Optional<String> json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.map(JSON::readTree).ifPresent(tree -> {
            if (tree.isObject()) {
                tree.propertyStream().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
            } else {
                texts.put("", text(tree));
            }
        });
        return texts;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(text(part)));
            return String.join(", ", parts);
        }
        return Objects.requireNonNull(value.isString() ? value.stringValue() : value.toString());
    }
}
