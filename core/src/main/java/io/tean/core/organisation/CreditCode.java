package io.tean.core.organisation;

/**
 * A unified social credit code (统一社会信用代码): 18 characters, the last of them a check character over the others (GB 32100-2015).
 */
public record CreditCode(String text) {
    /** Without I, O, S, V and Z, which would be read as something else; a character's place is its value. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static final int LENGTH = 18;

    public CreditCode {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("credit code '" + text + "' " + whyNot(text));
        }
    }

    /** The code that begins with these 17 characters. */
    public static CreditCode beginning(String first17) {
        return new CreditCode(first17 + checkCharacter(first17));
    }

    public static boolean isWellFormed(String text) {
        return hasForm(text) && text.charAt(LENGTH - 1) == checkCharacter(text);
    }

    /** What is wrong with a text that is no credit code, to stand behind it in a sentence. */
    public static String whyNot(String text) {
        return hasForm(text)
                ? "is mistyped: behind its first 17 characters belongs the check character " + checkCharacter(text)
                : "is not 18 digits or capital letters other than I, O, S, V and Z";
    }

    private static boolean hasForm(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    private static char checkCharacter(String text) {
        int base = ALPHABET.length();
        int weight = 1;
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += ALPHABET.indexOf(text.charAt(i)) * weight;
            weight = weight * 3 % base;
        }
        return ALPHABET.charAt((base - sum % base) % base);
    }

    @Override
    public String toString() {
        return text;
    }
}
