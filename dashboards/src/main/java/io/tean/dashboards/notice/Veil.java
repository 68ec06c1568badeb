package io.tean.dashboards.notice;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Viewer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Masks a part of every telephone number and e-mail address in a text, for those who only look.
 *
 * @param drawn whether it hides anything
 */
record Veil(boolean drawn) {
    private static final Pattern MAIL =
            Pattern.compile("([\\w.+-])[\\w.+-]*@([\\w-]+(?:\\.[\\w-]+)+)", Pattern.UNICODE_CHARACTER_CLASS);
    /** With or without a country's or a town's code; no day, time or part of an id. */
    private static final Pattern TELEPHONE = Pattern.compile(
            "(?<![\\p{Alnum}.:-])\\+?\\d{2,4}(?:[ -]\\d{3,12}){1,3}(?![\\p{Alnum}-])|(?<![\\p{Alnum}.:-])\\+?\\d{7,15}(?![\\p{Alnum}-])");

    private static final int MOBILE = 11;

    static Veil of(Viewer viewer) {
        return new Veil(viewer.role() == Role.READ_ONLY);
    }

    String over(String text) {
        if (!drawn) {
            return text;
        }
        String withoutMail = MAIL.matcher(text).replaceAll("$1***@$2");
        return TELEPHONE.matcher(withoutMail).replaceAll(Veil::masked);
    }

    /** Of a mobile number 138****5678; of a shorter one two digits at each end. */
    private static String masked(MatchResult number) {
        String text = number.group();
        boolean whole = text.length() >= MOBILE;
        int before = whole ? 3 : 2;
        int after = whole ? 4 : 2;
        return text.substring(0, before)
                + "*".repeat(text.length() - before - after)
                + text.substring(text.length() - after);
    }
}
