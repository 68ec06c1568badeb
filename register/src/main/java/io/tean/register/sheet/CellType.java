package io.tean.register.sheet;

import io.tean.core.equipment.EquipmentCode;
import io.tean.core.organisation.CreditCode;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell may be.
 *
 * @param sql the type of the column that it is kept in
 * @param words what it may be, for people
 * @param reference what must be registered under the cell's text
 */
public record CellType(String sql, String words, Reference reference, Check check) {
    /** Statutory days are days of this zone. */
    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final LocalDate EARLIEST = LocalDate.of(1950, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2150, 1, 1);
    private static final Pattern DAY = Pattern.compile("(\\d{4})(?:-(\\d{1,2})-|/(\\d{1,2})/|(\\d{2}))(\\d{1,2})");
    private static final Pattern LOCAL_MOMENT =
            Pattern.compile("(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})[ T](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.0+)?)?");
    /** So that the order of the texts is the order in time. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT);

    private static final Pattern ROUNDED = Pattern.compile("[0-9.]+[eE]\\+?[0-9]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*[;；]\\s*");
    private static final int MOST_ITEMS = 200;
    private static final int LONGEST_ITEM = 200;

    /** What a cell points to. */
    public enum Reference {
        NONE,
        ORGANISATION,
        EQUIPMENT
    }

    /** Reads text that is trimmed and not empty; today is the day in China. */
    @FunctionalInterface
    public interface Check {
        Cell read(String text, LocalDate today);
    }

    private static CellType plain(String sql, String words, Check check) {
        return new CellType(sql, words, Reference.NONE, check);
    }

    /** Text that has no reason to begin like a formula. */
    static CellType name(int longest) {
        return plain("text", "1 to " + longest + " characters; not beginning with = + - @", (text, today) -> {
            if (Formula.isBegunBy(text)) {
                return new Cell.Bad("begins with '" + text.charAt(0) + "' like a formula; write it as plain text");
            }
            return text.length() > longest ? new Cell.Bad("must have 1 to " + longest + " characters") : good(text);
        });
    }

    /** Text as it is, also when it begins like a formula. */
    static CellType text(int longest) {
        return plain(
                "text",
                "up to " + longest + " characters",
                (text, today) -> text.length() > longest
                        ? new Cell.Bad("has more than " + longest + " characters")
                        : good(text));
    }

    static CellType pattern(String pattern, String words) {
        Pattern form = Pattern.compile(pattern);
        return plain(
                "text",
                words,
                (text, today) -> form.matcher(text).matches() ? good(text) : new Cell.Bad("is not " + words));
    }

    /** A machine's own code, kept as delivered. */
    static CellType equipmentCode() {
        return plain("text", "3 to 32 letters, digits or hyphens", (text, today) -> {
            if (ROUNDED.matcher(text).matches()) {
                return new Cell.Bad(
                        "is a number that the spreadsheet has rounded; format the column as text and enter the code again");
            }
            return EquipmentCode.isWellFormed(text)
                    ? good(text)
                    : new Cell.Bad("is not 3 to 32 letters, digits or hyphens");
        });
    }

    /** The code of a registered machine, found by its normal form. */
    static CellType equipment() {
        return new CellType(
                "text", "code of a registered machine", Reference.EQUIPMENT, (text, today) -> good(normal(text)));
    }

    /** Capital half-width letters without spaces, as the table's normal_code. */
    private static String normal(String code) {
        String narrow = Normalizer.isNormalized(code, Normalizer.Form.NFKC)
                ? code
                : Normalizer.normalize(code, Normalizer.Form.NFKC);
        return SPACE.matcher(narrow).replaceAll("").toUpperCase(Locale.ROOT);
    }

    static CellType creditCode() {
        return plain("text", "unified social credit code of 18 characters", CellType::readCreditCode);
    }

    static CellType organisation() {
        return new CellType(
                "text",
                "credit code of a registered organisation",
                Reference.ORGANISATION,
                (text, today) -> good(text.toUpperCase(Locale.ROOT)));
    }

    private static Cell readCreditCode(String text, LocalDate today) {
        return CreditCode.isWellFormed(text) ? good(text) : new Cell.Bad(CreditCode.whyNot(text));
    }

    static CellType division() {
        return pattern("[0-9]{6}", "6 digits");
    }

    static CellType oneOf(Terms terms) {
        return plain(
                "text",
                terms.words(),
                (text, today) -> terms.code(text).<Cell>map(Cell.Good::new).orElse(new Cell.Bad(terms.whyNot())));
    }

    /** A day of the past, or today. */
    static CellType pastDay() {
        return plain("date", "day, not in the future", (text, today) -> readDay(text, today, "is in the future"));
    }

    static CellType day() {
        return plain("date", "day", (text, today) -> readDay(text, LATEST, "is after " + LATEST));
    }

    private static Cell readDay(String text, LocalDate latest, String tooLate) {
        Matcher day = DAY.matcher(text);
        if (!day.matches()) {
            return new Cell.Bad("is not a day such as 2026-11-22");
        }
        String month = day.group(2) != null ? day.group(2) : day.group(3) != null ? day.group(3) : day.group(4);
        try {
            LocalDate on = LocalDate.of(
                    Integer.parseInt(day.group(1)), Integer.parseInt(month), Integer.parseInt(day.group(5)));
            if (on.isBefore(EARLIEST)) {
                return new Cell.Bad("is before " + EARLIEST);
            }
            return on.isAfter(latest) ? new Cell.Bad(tooLate) : good(on.toString());
        } catch (DateTimeException e) {
            return new Cell.Bad("is not a day of the calendar");
        }
    }

    /** A moment that is not in the future, by the day. */
    static CellType pastMoment() {
        return plain("timestamptz", "moment, without an offset China time, not in the future", CellType::readMoment);
    }

    private static Cell readMoment(String text, LocalDate today) {
        try {
            Matcher local = LOCAL_MOMENT.matcher(text);
            OffsetDateTime moment = local.matches()
                    ? LocalDateTime.parse(
                                    "%s %02d:%s:%s"
                                            .formatted(
                                                    local.group(1).replace('/', '-'),
                                                    Integer.parseInt(local.group(2)),
                                                    local.group(3),
                                                    local.group(4) == null ? "00" : local.group(4)),
                                    DateTimeFormatter.ofPattern("uuuu-M-d HH:mm:ss", Locale.ROOT))
                            .atZone(CHINA)
                            .toOffsetDateTime()
                    : OffsetDateTime.parse(text);
            LocalDate on = moment.atZoneSameInstant(CHINA).toLocalDate();
            if (on.isBefore(EARLIEST) || on.isAfter(today)) {
                return new Cell.Bad(on.isAfter(today) ? "is in the future" : "is before " + EARLIEST);
            }
            return good(MICROSECONDS.format(moment.withOffsetSameInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return new Cell.Bad("is not a moment such as 2026-11-22T08:00:00+08:00 or 2026-11-22 08:00");
        }
    }

    static CellType flag() {
        return plain("boolean", "true, false, 是, 否, 1 or 0", (text, today) -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "是", "1", "yes" -> good("true");
            case "false", "否", "0", "no" -> good("false");
            default -> new Cell.Bad("is none of true, false, 是, 否, 1, 0");
        });
    }

    static CellType whole(int least, int most) {
        return plain("integer", "whole number from " + least + " to " + most, (text, today) -> {
            try {
                int number = new BigDecimal(text).intValueExact();
                return number < least || number > most
                        ? new Cell.Bad("is not from " + least + " to " + most)
                        : good(Integer.toString(number));
            } catch (ArithmeticException | NumberFormatException e) {
                return new Cell.Bad("is not a whole number from " + least + " to " + most);
            }
        });
    }

    /** With at most three decimals, so that what is stored is what was written. */
    static CellType number(int most, String unit) {
        return plain("numeric", "number from 0 to " + most + " " + unit + ", up to 3 decimals", (text, today) -> {
            try {
                BigDecimal number = text.length() > 30 ? new BigDecimal("-1") : new BigDecimal(text);
                if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                    return new Cell.Bad("is not from 0 to " + most + " " + unit);
                }
                BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
                return plain.scale() > 3 ? new Cell.Bad("has more than 3 decimals") : good(plain.toPlainString());
            } catch (NumberFormatException e) {
                return new Cell.Bad("is not a number");
            }
        });
    }

    static CellType latitude() {
        return degrees("latitude", 3, 54, "longitude", 73, 136);
    }

    static CellType longitude() {
        return degrees("longitude", 73, 136, "latitude", 3, 54);
    }

    /** In China latitude and longitude have no value in common: exchanged ones are known by that. */
    private static CellType degrees(String what, int least, int most, String other, int otherLeast, int otherMost) {
        return plain("double precision", "degrees from %d to %d (WGS 84)".formatted(least, most), (text, today) -> {
            double degrees;
            try {
                degrees = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return new Cell.Bad("is not a number of degrees");
            }
            if (degrees >= least && degrees <= most) {
                return good(Double.toString(degrees));
            }
            return new Cell.Bad(
                    degrees >= otherLeast && degrees <= otherMost
                            ? "is a %s in the column of the %s: the two are exchanged".formatted(other, what)
                            : "is no %s of China, %d to %d".formatted(what, least, most));
        });
    }

    /** Items between semicolons, as an array of the database. */
    static CellType list(String words) {
        return plain("text[]", words + ", between semicolons", (text, today) -> {
            List<String> items = new ArrayList<>();
            for (String item : SEPARATOR.split(text, -1)) {
                if (item.length() > LONGEST_ITEM) {
                    return new Cell.Bad("has an item of more than " + LONGEST_ITEM + " characters");
                }
                if (!item.isEmpty()) {
                    items.add(item);
                }
            }
            return items.isEmpty() || items.size() > MOST_ITEMS
                    ? new Cell.Bad("must have 1 to " + MOST_ITEMS + " items")
                    : good(array(items));
        });
    }

    /** As PostgreSQL writes an array of texts. */
    public static String array(List<String> items) {
        StringBuilder array = new StringBuilder("{");
        for (String item : items) {
            array.append(array.length() > 1 ? ",\"" : "\"");
            for (int i = 0; i < item.length(); i++) {
                char c = item.charAt(i);
                if (c == '"' || c == '\\') {
                    array.append('\\');
                }
                array.append(c);
            }
            array.append('"');
        }
        return array.append('}').toString();
    }

    private static Cell good(String text) {
        return new Cell.Good(text);
    }
}
