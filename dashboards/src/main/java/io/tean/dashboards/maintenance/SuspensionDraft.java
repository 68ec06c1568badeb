package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.screen.Word;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A suspension as somebody typed it in: either a machine or a division, days, and a reason. */
public record SuspensionDraft(String equipment, String division, String firstDay, String lastDay, String reason) {
    public static final String EQUIPMENT = "equipment";
    public static final String DIVISION = "division";
    public static final String FIRST_DAY = "first-day";
    public static final String LAST_DAY = "last-day";
    public static final String REASON = "reason";

    private static final Pattern DIVISION_FORM = Pattern.compile("[0-9]{6}");
    private static final int LONGEST_REASON = 500;
    private static final Map<String, Word> LABELS;

    static {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(EQUIPMENT, Word.EQUIPMENT_CODE);
        labels.put(DIVISION, Word.SUSPENSION_DIVISION);
        labels.put(FIRST_DAY, Word.SUSPENSION_FIRST_DAY);
        labels.put(LAST_DAY, Word.SUSPENSION_LAST_DAY);
        labels.put(REASON, Word.SUSPENSION_REASON);
        LABELS = Collections.unmodifiableMap(labels);
    }

    static final SuspensionDraft EMPTY = new SuspensionDraft("", "", "", "", "");

    public SuspensionDraft {
        equipment = equipment.strip();
        division = division.strip();
        reason = reason.strip();
    }

    /** What its fields are called, in their order on the page. */
    public Map<String, Word> labels() {
        return LABELS;
    }

    Optional<LocalDate> first() {
        return Day.read(firstDay);
    }

    Optional<LocalDate> last() {
        return Day.read(lastDay);
    }

    /** What is wrong with it by itself, by field. */
    Map<String, Word> problems() {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (equipment.isEmpty() == division.isEmpty()) {
            problems.put(EQUIPMENT, Word.WRONG_SUSPENSION_SUBJECT);
        } else if (!division.isEmpty() && !DIVISION_FORM.matcher(division).matches()) {
            problems.put(DIVISION, Word.WRONG_DIVISION);
        }
        if (first().isEmpty()) {
            problems.put(FIRST_DAY, Word.WRONG_DAY);
        }
        if (last().isEmpty()) {
            problems.put(LAST_DAY, Word.WRONG_DAY);
        } else if (first().filter(last().get()::isBefore).isPresent()) {
            problems.put(LAST_DAY, Word.MAINTENANCE_PROBLEM_NO_DAYS);
        }
        if (isNoReason(reason)) {
            problems.put(REASON, Word.WRONG_REASON);
        }
        return problems;
    }

    /** Of a text that cannot be kept as somebody's reason. */
    public static boolean isNoReason(String text) {
        return text.isBlank() || text.length() > LONGEST_REASON || isUnfit(text);
    }

    /** Of a text with control characters other than line breaks, or half a surrogate pair. */
    public static boolean isUnfit(String text) {
        return text.codePoints().anyMatch(SuspensionDraft::isNoCharacter);
    }

    private static boolean isNoCharacter(int codePoint) {
        boolean line = codePoint == '\n' || codePoint == '\r';
        return (Character.isISOControl(codePoint) && !line) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
