package io.tean.dashboards.route;

import io.tean.dashboards.route.Refusal.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON object that a program sent, read within limits. It has no field that nobody asks for: nothing can be assigned by the way
 * (mass assignment).
 */
public final class JsonBody {
    static final int DEEPEST = 20;
    static final int LONGEST = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxDocumentLength(LONGEST)
                            .maxStringLength(LONGEST)
                            .maxNumberLength(100)
                            .maxNameLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /**
     * @param known the fields that it may have
     * @throws Refusal when it is no such JSON object
     */
    public static JsonBody of(Request request, String... known) {
        if (!isJson(request.received().header("content-type").orElse(""))) {
            throw Refusal.of(Reason.WRONG_TYPE, "send a JSON object, with Content-Type: application/json");
        }
        return of(request.received().body(), Set.of(known));
    }

    /**
     * For a change that needs to be told nothing: no body, or an empty object.
     *
     * @throws Refusal when there is more
     */
    public static void none(Request request) {
        boolean untyped = request.received().header("content-type").isEmpty();
        if (!untyped || !request.received().body().isBlank()) {
            of(request);
        }
    }

    static JsonBody of(String text, Set<String> known) {
        if (text.length() > LONGEST) {
            throw Refusal.of(Reason.TOO_LARGE, "a body has " + LONGEST + " characters at most");
        }
        JsonNode root = read(text);
        if (!root.isObject()) {
            throw Refusal.of(Reason.BAD_REQUEST, "the body is not a JSON object");
        }
        return of(root, known);
    }

    private static JsonBody of(JsonNode object, Set<String> known) {
        Set<String> unknown = new HashSet<>(object.propertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Refusal.unknownFields(unknown, known);
        }
        return new JsonBody(object);
    }

    /** The fields that it has. */
    public Set<String> names() {
        return new LinkedHashSet<>(object.propertyNames());
    }

    /** A text; blank and null count as none. */
    public Optional<String> text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong(name, "is not a text");
        }
        return Optional.of(value.stringValue()).filter(text -> !text.isBlank());
    }

    public OptionalInt number(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isInt()) {
            throw wrong(name, "is not a whole number");
        }
        return OptionalInt.of(value.intValue());
    }

    /** A number with or without a fraction. */
    public OptionalDouble real(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            throw wrong(name, "is not a number");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    /** True or false. */
    public Optional<Boolean> truth(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrong(name, "is neither true nor false");
        }
        return Optional.of(value.booleanValue());
    }

    /** A list of texts, each once. */
    public Set<String> texts(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Set.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "is not a list of texts");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode item : value) {
            if (!item.isString()) {
                throw wrong(name, "is not a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    /**
     * A list of objects, each with no more fields than these.
     *
     * @throws Refusal when it is none
     */
    public List<JsonBody> objects(String name, String... known) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "is not a list of objects");
        }
        List<JsonBody> objects = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isObject()) {
                throw wrong(name, "is not a list of objects");
            }
            objects.add(of(item, Set.of(known)));
        }
        return objects;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            // Never with what was sent in it: it may be a secret.
            String at = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw Refusal.of(Reason.BAD_REQUEST, "the body is not JSON that can be read" + at);
        }
    }

    private static boolean isJson(String type) {
        return type.replaceFirst(";.*", "").strip().equalsIgnoreCase("application/json");
    }

    private static Refusal wrong(String name, String problem) {
        return Refusal.wrongFields(Map.of(name, problem));
    }
}
