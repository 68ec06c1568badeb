package io.tean.dashboards.letter;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Indents JSON and changes nothing else: numbers, escapes and a key that stands twice stay as the device wrote them. */
final class PrettyJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Deep nesting makes long lines of nothing. */
    private static final int LONGEST = 4 * Payload.MOST_SHOWN;

    private static final int DEEPEST_INDENT = 24;

    private final String json;
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private PrettyJson(String json) {
        this.json = json;
    }

    /** Empty when it is not one JSON value, or one that becomes too long. */
    static Optional<String> of(String text) {
        try {
            if (JSON.readTree(text).isMissingNode()) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return new PrettyJson(text).indented();
    }

    private Optional<String> indented() {
        for (int i = 0; i < json.length() && out.length() <= LONGEST; i++) {
            char c = json.charAt(i);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> {}
                case '"' -> {
                    int end = endOfString(i);
                    out.append(Visible.text(json.substring(i, end + 1)));
                    i = end;
                }
                case '{', '[' -> {
                    int next = afterSpace(i + 1);
                    out.append(c);
                    if (json.charAt(next) == '}' || json.charAt(next) == ']') {
                        out.append(json.charAt(next));
                        i = next;
                    } else {
                        depth++;
                        newLine();
                    }
                }
                case '}', ']' -> {
                    depth--;
                    newLine();
                    out.append(c);
                }
                case ',' -> {
                    out.append(c);
                    newLine();
                }
                case ':' -> out.append(": ");
                default -> out.append(c);
            }
        }
        return out.length() > LONGEST ? Optional.empty() : Optional.of(out.toString());
    }

    /** The index of the quote that ends the string that begins at an index. */
    private int endOfString(int begin) {
        int i = begin + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private int afterSpace(int begin) {
        int i = begin;
        while (" \t\n\r".indexOf(json.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private void newLine() {
        out.append('\n').repeat("  ", Math.min(depth, DEEPEST_INDENT));
    }
}
