package io.tean.core.equipment;

import java.util.regex.Pattern;

/**
 * The published identity of a machine: an equipment code of 17 or 18 characters, a registration code of 20, or the number that a
 * filling station gives to its filling machine (domain 6.3). Kept as delivered.
 */
public record EquipmentCode(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{2,31}");

    public EquipmentCode {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(
                    "equipment code '" + text + "' is not 3 to 32 letters, digits or hyphens");
        }
    }

    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
