package io.tean.register.sheet;

/** What became of the text of a cell that is not empty. */
public sealed interface Cell {
    /** @param text in the one form that is stored, such as 2026-11-22 for 20261122 */
    record Good(String text) implements Cell {}

    /** @param reason to stand behind the value in a sentence */
    record Bad(String reason) implements Cell {}
}
