package io.tean.dashboards.letter;

import io.tean.dashboards.letter.PayloadView.Form;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The bytes that a device sent: anything at all. */
final class Payload {
    /** A page that shows more helps nobody, and may be more than a browser likes. */
    static final int MOST_SHOWN = 64 * 1024;

    private final byte[] bytes;
    private final Optional<String> text;

    Payload(byte[] bytes) {
        this.bytes = bytes.clone();
        this.text = utf8(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Text when it is text; else base64 of the very bytes. */
    Map<String, Object> json() {
        return text.<Map<String, Object>>map(known -> Map.of("payload", known))
                .orElseGet(() -> Map.of("payload_base64", Base64.getEncoder().encodeToString(bytes)));
    }

    /** What a page shows of it. */
    PayloadView view() {
        int shown = Math.min(bytes.length, MOST_SHOWN);
        boolean cut = shown < bytes.length;
        if (text.isEmpty()) {
            return new PayloadView(Form.BYTES, Visible.hex(Arrays.copyOf(bytes, shown)), bytes.length, cut);
        }
        Optional<String> pretty = cut ? Optional.empty() : PrettyJson.of(text.get());
        if (pretty.isPresent()) {
            return new PayloadView(Form.JSON, pretty.get(), bytes.length, false);
        }
        while (cut && (bytes[shown] & 0xC0) == 0x80) {
            shown--;
        }
        String beginning = new String(bytes, 0, shown, StandardCharsets.UTF_8);
        return new PayloadView(Form.TEXT, Visible.text(beginning), bytes.length, cut);
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
