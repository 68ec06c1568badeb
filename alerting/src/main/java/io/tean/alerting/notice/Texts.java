package io.tean.alerting.notice;

import io.tean.core.stream.ResourceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The words of notices in one language: templates with placeholders. A line of which nothing is known is left out. */
final class Texts {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

    private static final String FOLDER = "io/tean/alerting/notice/texts/";
    private static final int DIGEST_LINES = 60;
    private static final Texts ZH = load("zh");
    private static final Texts EN = load("en");

    private final File file;

    /** The file, one component per key. */
    record File(Map<String, String> severity, Digest digest, Map<String, Template> occasions) {}

    record Digest(String title, String more, String item) {}

    record Template(String title, List<String> lines) {}

    /** What a message says, without its id and channel. */
    record Words(String title, List<String> lines) {}

    private Texts(File file) {
        this.file = file;
    }

    private static Texts load(String language) {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Map<String, String> files = ResourceFolder.files(FOLDER, ".yaml");
        return new Texts(yaml.readValue(files.getOrDefault(language + ".yaml", ""), File.class));
    }

    /** @param language zh or en */
    static Texts in(String language) {
        return language.equals("en") ? EN : ZH;
    }

    File file() {
        return file;
    }

    /** @param facts by placeholder; what is not known is missing or empty */
    Words words(String occasion, String severity, Map<String, String> facts) {
        Template template = file.occasions.get(occasion);
        if (template == null) {
            throw new IllegalStateException("no text for " + occasion);
        }
        Map<String, String> all = new java.util.HashMap<>(facts);
        all.put("severity", file.severity.getOrDefault(severity, severity));
        return new Words(fill(template.title, all), lines(template.lines, all));
    }

    /** @param items the facts of each, with title and place */
    Words digest(List<Map<String, String>> items) {
        List<String> lines = new ArrayList<>();
        items.stream()
                .limit(DIGEST_LINES)
                .forEach(item -> lines.add(
                        "- " + fill(item.getOrDefault("place", "").isBlank() ? "{title}" : file.digest.item, item)));
        if (items.size() > DIGEST_LINES) {
            lines.add(fill(file.digest.more, Map.of("count", Integer.toString(items.size() - DIGEST_LINES))));
        }
        return new Words(fill(file.digest.title, Map.of("count", Integer.toString(items.size()))), lines);
    }

    private static List<String> lines(List<String> templates, Map<String, String> facts) {
        return templates.stream()
                .filter(template -> {
                    Matcher found = PLACEHOLDER.matcher(template);
                    boolean any = false;
                    boolean known = false;
                    while (found.find()) {
                        any = true;
                        known |= !facts.getOrDefault(found.group(1), "").isBlank();
                    }
                    return known || !any;
                })
                .map(template -> fill(template, facts))
                .toList();
    }

    private static String fill(String template, Map<String, String> facts) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(facts.getOrDefault(found.group(1), "")));
    }
}
