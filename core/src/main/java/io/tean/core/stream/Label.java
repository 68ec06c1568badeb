package io.tean.core.stream;

/** A name for people, Chinese first. */
public record Label(String zh, String en) {
    public Label {
        if (zh.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a label needs both zh and en");
        }
    }
}
