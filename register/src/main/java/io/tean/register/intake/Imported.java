package io.tean.register.intake;

/** What an import did. */
public record Imported(int added, int changed, int unchanged) {}
