package io.tean.dashboards.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.tean.dashboards.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The contract of the API as a test's measure: says what is wrong with an answer or a request. Stricter than the contract is towards
 * others: an answer's field that the contract does not name is a fault too.
 */
public final class ApiContract {
    private static final JsonMapper JSON = new JsonMapper();
    /** Nobody's address: nothing is fetched from there. */
    private static final String PLACE = "https://tean.invalid/openapi.yaml";

    private final JsonNode contract;
    private final SchemaRegistry schemas;

    private ApiContract(JsonNode contract) {
        this.contract = contract;
        this.schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(PLACE, JSON.writeValueAsString(contract)))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** As the service serves it. */
    public static ApiContract read() {
        JsonNode contract = raw();
        prepare(contract);
        return new ApiContract(contract);
    }

    /** The contract as written. */
    static JsonNode raw() {
        return new YAMLMapper().readTree(resource("openapi.yaml"));
    }

    static String resource(String name) {
        try (InputStream in = ApiContract.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    /** What an operation is called in the contract, such as {@code apiDeadLetters}. */
    static String operationId(Route route) {
        String[] words = route.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder id = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            id.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return id.toString();
    }

    /**
     * One operation.
     *
     * @param path as in the contract, with {@code {name}} for what varies
     */
    record Operation(String method, String path, JsonNode node) {}

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        contract.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** What is wrong with an answer, a line each: status, type of content, body. */
    public List<String> problems(Route route, HttpResponse<String> answer) {
        Operation operation = operation(route);
        JsonNode responses = operation.node().get("responses");
        String status = Integer.toString(answer.statusCode());
        if (!responses.has(status) && answer.statusCode() < 400) {
            return List.of(
                    "the contract has no " + status + " for " + operation.node().get("operationId"));
        }
        JsonNode content = resolved(responses.has(status) ? responses.get(status) : responses.get("default"))
                .get("content");
        String type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
        if (!content.has(type)) {
            return List.of("the content is '" + type + "', the contract has " + content);
        }
        if (!type.endsWith("json")) {
            return answer.body().isBlank() ? List.of("the body is empty") : List.of();
        }
        return problems(content.get(type).get("schema"), answer.body());
    }

    /** What is wrong with a request, a line each: address, parameters, body. */
    public List<String> problems(String method, String uri, Optional<String> body) {
        URI address = URI.create(uri);
        for (Operation operation : operations()) {
            Optional<Map<String, String>> inPath = inPath(operation.path(), address.getRawPath());
            if (operation.method().equals(method) && inPath.isPresent()) {
                List<String> problems = new ArrayList<>(problems(operation, inPath.get(), query(address)));
                JsonNode expected = operation.node().path("requestBody");
                if (!expected.isMissingNode()) {
                    JsonNode schema =
                            expected.get("content").get("application/json").get("schema");
                    problems.addAll(body.map(text -> problems(schema, text)).orElse(List.of("the body is missing")));
                } else if (body.isPresent()) {
                    problems.add("the contract has no body for it");
                }
                return problems;
            }
        }
        return List.of("the contract has no " + method + " " + address.getRawPath());
    }

    private List<String> problems(Operation operation, Map<String, String> inPath, Map<String, String> inQuery) {
        List<String> problems = new ArrayList<>();
        Map<String, String> unknown = new TreeMap<>(inQuery);
        for (JsonNode given : operation.node().path("parameters")) {
            JsonNode parameter = resolved(given);
            String name = parameter.get("name").stringValue();
            String value = switch (parameter.get("in").stringValue()) {
                case "path" -> inPath.get(name);
                case "query" -> unknown.remove(name);
                default -> null;
            };
            if (value != null) {
                schema(parameter.get("schema"))
                        .validate(typed(parameter.get("schema"), value))
                        .forEach(error -> problems.add(name + ": " + error));
            } else if (parameter.path("required").asBoolean(false)) {
                problems.add(name + ": is missing");
            }
        }
        unknown.keySet().forEach(name -> problems.add(name + ": the contract has no such parameter"));
        return problems;
    }

    /** Of an address all is text; a number stands for itself where the contract wants one. */
    private JsonNode typed(JsonNode schema, String value) {
        String type = resolved(schema).path("type").asString("");
        if (type.equals("integer") && value.matches("-?\\d{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(value));
        }
        return JsonNodeFactory.instance.stringNode(value);
    }

    private List<String> problems(JsonNode schema, String body) {
        try {
            return schema(schema).validate(JSON.readTree(body)).stream()
                    .map(Object::toString)
                    .toList();
        } catch (JacksonException e) {
            return List.of("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    private Schema schema(JsonNode node) {
        return schemas.getSchema(node);
    }

    private Operation operation(Route route) {
        String id = operationId(route);
        return operations().stream()
                .filter(operation ->
                        operation.node().path("operationId").asString("").equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the contract has no operation " + id));
    }

    /** What a reference points to, or the very node. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : contract.at(reference.substring(reference.indexOf('#') + 1));
    }

    private static Optional<Map<String, String>> inPath(String template, String path) {
        List<String> names = Pattern.compile("\\{([a-z]+)}")
                .matcher(template)
                .results()
                .map(result -> result.group(1))
                .toList();
        Matcher matcher =
                Pattern.compile(template.replaceAll("\\{[a-z]+}", "([^/]+)")).matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return Optional.of(values);
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : Optional.ofNullable(address.getRawQuery()).orElse("").split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                values.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** Has every reference say the whole address, so that a schema can be taken out of its place, and closes every object. */
    private static void prepare(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode reference = object.get("$ref");
            if (reference != null && reference.isString()) {
                object.put("$ref", PLACE + reference.stringValue());
            }
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            object.propertyStream().map(Map.Entry::getValue).toList().forEach(ApiContract::prepare);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ApiContract::prepare);
        }
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::stringValue)
                .collect(Collectors.toList());
    }
}
