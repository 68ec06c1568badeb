package io.tean.register.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/** What differs between an entry as registered and as it shall be, by column; empty text where there is nothing. */
public record Difference(Map<String, String> before, Map<String, String> after) {
    public Difference {
        before = new LinkedHashMap<>(before);
        after = new LinkedHashMap<>(after);
    }

    /** Of a new entry: what is filled. */
    public static Difference ofNew(Map<String, String> entry) {
        Map<String, String> filled = new LinkedHashMap<>(entry);
        filled.values().removeIf(String::isEmpty);
        return new Difference(Map.of(), filled);
    }

    public static Difference between(Map<String, String> before, Map<String, String> after) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> young = new LinkedHashMap<>();
        after.forEach((column, text) -> {
            String was = before.getOrDefault(column, "");
            if (!was.equals(text)) {
                old.put(column, was);
                young.put(column, text);
            }
        });
        return new Difference(old, young);
    }

    public boolean isNone() {
        return after.isEmpty();
    }
}
