package io.tean.dashboards.letter;

import io.tean.dashboards.screen.Word;

/**
 * A payload as a page shows it.
 *
 * @param shown of JSON, indented; of text, with its control characters visible; of other bytes, a hex dump
 * @param bytes size of the whole
 * @param cut whether only its beginning is shown
 */
public record PayloadView(Form form, String shown, int bytes, boolean cut) {
    /** What a payload turned out to be. */
    public enum Form {
        JSON(Word.LETTER_PAYLOAD_JSON),
        TEXT(Word.LETTER_PAYLOAD_TEXT),
        BYTES(Word.LETTER_PAYLOAD_BYTES);

        private final Word word;

        Form(Word word) {
            this.word = word;
        }

        /** With a gap for the size. */
        public Word word() {
            return word;
        }
    }
}
