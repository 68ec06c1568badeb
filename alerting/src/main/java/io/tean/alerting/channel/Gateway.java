package io.tean.alerting.channel;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** SMS or a voice call by the HTTP interface of whichever provider the site has: what is sent, and what means success, is its template. */
final class Gateway implements Channel {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{(to|text|id|secret)\\}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9][0-9 -]{1,18}[0-9]");

    private final Template template;
    private final String secret;
    private final Http http;

    /** How placeholders in the body are written. */
    enum Encoding {
        JSON,
        FORM
    }

    /**
     * @param url with placeholders behind the host only
     * @param status that means success; none is any of 2xx
     * @param success what stands at which JSON pointer when it was taken; none asks for the status only
     * @param characters of the text, at most
     */
    record Template(
            String method,
            String url,
            Map<String, String> headers,
            String body,
            Encoding encoding,
            Optional<Integer> status,
            Optional<Map.Entry<String, String>> success,
            int characters) {}

    Gateway(Template template, String secret, Reach reach, InstantSource clock) {
        this.template = template;
        this.secret = secret;
        this.http = new Http(reach, clock);
    }

    @Override
    public boolean needsAddress() {
        return true;
    }

    @Override
    public Optional<String> refusal(String to) {
        return NUMBER.matcher(to).matches()
                ? Optional.empty()
                : Optional.of(
                        "'" + to.replaceAll("\\p{Cntrl}", "?") + "' is no telephone number such as +86 571 1234567");
    }

    @Override
    public Delivered deliver(Message message, String to) {
        Map<String, String> values = Map.of(
                "to",
                to.replaceAll("[ -]", ""),
                "text",
                Layout.forPhone(message, template.characters),
                "id",
                message.id().toString(),
                "secret",
                secret);
        Map<String, String> headers = new HashMap<>();
        headers.put(
                "Content-Type",
                template.encoding == Encoding.JSON
                        ? "application/json; charset=utf-8"
                        : "application/x-www-form-urlencoded");
        headers.put("Idempotency-Key", message.id().toString());
        template.headers.forEach((name, value) -> headers.put(name, fill(value, values, Gateway::header)));
        return http.call(
                template.method,
                URI.create(fill(template.url, values, Gateway::form)),
                headers,
                template.body.isEmpty()
                        ? null
                        : Http.utf8(fill(
                                template.body,
                                values,
                                template.encoding == Encoding.JSON ? Gateway::json : Gateway::form)),
                this::read);
    }

    private Delivered read(Http.Answer answer) {
        if (template.status.isPresent() && template.status.get() != answer.status()) {
            return new Delivered.TryLater("the answer was " + answer.status() + ", not " + template.status.get());
        }
        if (template.success.isEmpty()) {
            return new Delivered.HandedOver();
        }
        String pointer = template.success.get().getKey();
        String found = answer.json()
                .map(json -> json.at(pointer))
                .filter(JsonNode::isValueNode)
                .map(node -> node.asString(""))
                .orElse("nothing");
        return found.equals(template.success.get().getValue())
                ? new Delivered.HandedOver()
                : new Delivered.TryLater("the answer has " + Layout.cut(found, 100, String::length) + " at " + pointer
                        + ", not " + template.success.get().getValue());
    }

    private static String fill(String template, Map<String, String> values, UnaryOperator<String> write) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(write.apply(values.getOrDefault(found.group(1), ""))));
    }

    private static String json(String text) {
        String quoted = Http.JSON.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Nothing that could end it. */
    private static String header(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", " ");
    }

    @Override
    public void close() {
        http.close();
    }
}
