package io.tean.dashboards.score;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import io.tean.dashboards.score.ScoreItem.NotMeasured;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads one table; whatever is wrong with it is noted with its line, and the rest is read on. */
final class ScoreFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Set<String> KEYS = Set.of(
            "name",
            "title",
            "source",
            "mark",
            "version",
            "effective",
            "base",
            "classes_mark",
            "classes",
            "items",
            "not_measured");
    private static final Set<String> ITEM_KEYS = Set.of(
            "id", "group", "title", "measure", "points", "per", "above", "step", "bands", "lowest_class", "note");
    private static final Set<String> BESIDE_KEYS = Set.of("group", "title", "points", "reason");
    private static final Set<String> GROUPS = Set.of("basics", "platform", "supervision", "rescue", "extra");

    private final String file;
    private final List<String> problems;
    private final Map<String, Integer> lines = new HashMap<>();

    ScoreFile(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Empty when something is wrong with it. */
    Optional<ScoreTable> read(String yaml) {
        int before = problems.size();
        try {
            JsonNode root = YAML.readTree(yaml);
            findLines(yaml);
            ScoreTable table = table(root);
            return problems.size() == before ? Optional.of(table) : Optional.empty();
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(file + ":" + line + ": "
                    + String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "));
            return Optional.empty();
        }
    }

    private void findLines(String yaml) {
        try (JsonParser tokens = YAML.createParser(yaml)) {
            while (tokens.nextToken() != null) {
                String place = tokens.streamReadContext().pathAsPointer().toString();
                lines.putIfAbsent(place, tokens.currentTokenLocation().getLineNr());
            }
        }
    }

    private void problem(String place, String text) {
        String known = place;
        while (!lines.containsKey(known) && known.contains("/")) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        problems.add(file + ":" + lines.getOrDefault(known, 1) + ": " + text);
    }

    private ScoreTable table(JsonNode root) {
        known(root, "", KEYS);
        List<ScoreItem> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < root.path("items").size(); i++) {
            String place = "/items/" + i;
            ScoreItem item = item(root.at(place), place);
            if (!ids.add(item.id())) {
                problem(place + "/id", "id: there is another item '" + item.id() + "'; call one of them otherwise");
            }
            items.add(item);
        }
        if (items.isEmpty()) {
            problem("/items", "items: a table needs at least one");
        }
        List<NotMeasured> beside = new ArrayList<>();
        for (int i = 0; i < root.path("not_measured").size(); i++) {
            String place = "/not_measured/" + i;
            JsonNode node = root.at(place);
            known(node, place, BESIDE_KEYS);
            beside.add(new NotMeasured(
                    group(node, place),
                    label(node, place, "title"),
                    text(node, place, "points"),
                    label(node, place, "reason")));
        }
        return new ScoreTable(
                text(root, "", "name"),
                label(root, "", "title"),
                text(root, "", "source"),
                mark(root, "mark"),
                whole(root, "", "version"),
                effective(root),
                whole(root, "", "base"),
                mark(root, "classes_mark"),
                classes(root),
                items,
                beside);
    }

    private List<ScoreTable.Bound> classes(JsonNode root) {
        List<ScoreTable.Bound> bounds = new ArrayList<>();
        for (int i = 0; i < root.path("classes").size(); i++) {
            String place = "/classes/" + i;
            JsonNode node = root.at(place);
            known(node, place, Set.of("class", "from"));
            boolean last = i == root.path("classes").size() - 1;
            BigDecimal from = last && node.path("from").isMissingNode() ? BigDecimal.ZERO : number(node, place, "from");
            if (!bounds.isEmpty() && from.compareTo(bounds.getLast().from()) >= 0) {
                problem(place + "/from", "from: " + from + " is not below the class before; name the best class first");
            }
            bounds.add(new ScoreTable.Bound(text(node, place, "class"), from));
        }
        if (bounds.isEmpty()) {
            problem("/classes", "classes: a table needs at least one, such as {class: A, from: 90}");
        }
        return bounds;
    }

    private ScoreItem item(JsonNode node, String place) {
        known(node, place, ITEM_KEYS);
        String word = text(node, place, "measure");
        Optional<Measure> measure = Measure.of(word);
        if (measure.isEmpty()) {
            problem(
                    place + "/measure",
                    "measure: Tean does not measure '" + word + "', it measures " + Measure.known());
        }
        PointRule rule = rule(node, place);
        measure.filter(known -> !rule.fits(known.kind()))
                .ifPresent(known -> problem(
                        place + "/per",
                        word + " answers " + known.kind() + ", of which no points can be made in this way"));
        return new ScoreItem(
                text(node, place, "id"),
                group(node, place),
                label(node, place, "title"),
                measure.orElse(Measure.ELEVATORS),
                rule,
                node.path("lowest_class").asBoolean(false),
                node.path("note").isMissingNode() ? Optional.empty() : Optional.of(label(node, place, "note")));
    }

    private PointRule rule(JsonNode node, String place) {
        if (node.has("bands")) {
            List<PointRule.Band> bands = new ArrayList<>();
            for (int i = 0; i < node.path("bands").size(); i++) {
                String band = place + "/bands/" + i;
                JsonNode each = node.path("bands").path(i);
                known(each, band, Set.of("up_to", "points"));
                bands.add(new PointRule.Band(
                        each.has("up_to") ? Optional.of(number(each, band, "up_to")) : Optional.empty(),
                        number(each, band, "points")));
            }
            if (bands.isEmpty() || bands.getLast().upTo().isPresent()) {
                problem(place + "/bands", "bands: the last one has no up_to, so that every value has its points");
            }
            return new PointRule.Bands(bands);
        }
        BigDecimal points = number(node, place, "points");
        String per = text(node, place, "per");
        return switch (per) {
            case "event" -> new PointRule.Each(points);
            case "missing-point" -> new PointRule.Missing(points);
            case "step" ->
                new PointRule.Steps(points, whole(node, place, "above"), Math.max(1, whole(node, place, "step")));
            default -> {
                problem(place + "/per", "per: '" + per + "' is none of event, missing-point, step");
                yield new PointRule.Each(points);
            }
        };
    }

    private void known(JsonNode node, String place, Set<String> keys) {
        for (String key : node.propertyNames()) {
            if (!keys.contains(key)) {
                problem(
                        place + "/" + key,
                        "unknown key " + key + ", known are "
                                + keys.stream().sorted().toList());
            }
        }
    }

    private String text(JsonNode node, String place, String key) {
        String text = node.path(key).asString("").strip();
        if (text.isEmpty()) {
            problem(place + "/" + key, key + " is missing");
        }
        return text;
    }

    private Label label(JsonNode node, String place, String key) {
        String zh = node.path(key).path("zh").asString("");
        String en = node.path(key).path("en").asString("");
        if (zh.isBlank() || en.isBlank()) {
            problem(place + "/" + key, key + ": both zh and en are needed");
            return new Label("–", "–");
        }
        return new Label(zh, en);
    }

    private BigDecimal number(JsonNode node, String place, String key) {
        if (!node.path(key).isNumber()) {
            problem(place + "/" + key, key + ": '" + node.path(key).asString("") + "' is no number");
            return BigDecimal.ZERO;
        }
        return node.path(key).decimalValue();
    }

    private int whole(JsonNode node, String place, String key) {
        if (!node.path(key).isInt()) {
            problem(place + "/" + key, key + ": '" + node.path(key).asString("") + "' is no whole number");
            return 0;
        }
        return node.path(key).intValue();
    }

    private String group(JsonNode node, String place) {
        String group = text(node, place, "group");
        if (!GROUPS.contains(group)) {
            problem(
                    place + "/group",
                    "group: '" + group + "' is none of "
                            + GROUPS.stream().sorted().toList());
        }
        return group;
    }

    private Mark mark(JsonNode node, String key) {
        String word = text(node, "", key);
        return Arrays.stream(Mark.values())
                .filter(mark -> mark.word().equals(word))
                .findFirst()
                .orElseGet(() -> {
                    String known = Arrays.stream(Mark.values()).map(Mark::word).collect(Collectors.joining(", "));
                    problem("/" + key, key + ": '" + word + "' is none of " + known);
                    return Mark.FROM_MEMORY;
                });
    }

    private YearMonth effective(JsonNode node) {
        String text = text(node, "", "effective");
        if (!text.matches("20\\d\\d-(0[1-9]|1[0-2])")) {
            problem("/effective", "effective: '" + text + "' is no month such as 2026-01");
            return YearMonth.of(2000, 1);
        }
        return YearMonth.parse(text);
    }
}
