package io.tean.dashboards.visit;

import io.tean.core.maintenance.MaintenanceLevel;
import io.tean.core.maintenance.VisitRecord;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A visit as somebody typed it in or sent it: nothing of it is believed yet. Values stand by the names of the form's fields. */
public record VisitDraft(Map<String, String> values) {
    public static final String EQUIPMENT = "equipment";
    public static final String VISIT_NO = "visit-no";
    public static final String LEVEL = "level";
    public static final String KIND = "kind";
    public static final String CHECK_IN = "check-in";
    public static final String CHECK_OUT = "check-out";
    public static final String WORKERS = "workers";
    public static final String LATITUDE = "latitude";
    public static final String LONGITUDE = "longitude";
    public static final String SCANNED = "scanned";
    public static final String PHOTO_COUNT = "photo-count";
    public static final String PHOTOS = "photos";
    public static final String ITEMS = "items";
    public static final String FAILED_ITEMS = "failed-items";
    public static final String NOTE = "note";
    public static final String REASON = "reason";

    /** What a visit may be, as devices write it. */
    public static final List<String> KINDS = List.of("fixed_cycle", "on_demand");

    private static final Map<String, Word> LABELS;
    private static final Map<String, String> OF_API = new LinkedHashMap<>();

    static {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(EQUIPMENT, Word.EQUIPMENT_CODE);
        labels.put(VISIT_NO, Word.VISIT_NO);
        labels.put(LEVEL, Word.VISIT_LEVEL);
        labels.put(KIND, Word.VISIT_KIND);
        labels.put(CHECK_IN, Word.VISIT_CHECK_IN);
        labels.put(CHECK_OUT, Word.VISIT_CHECK_OUT);
        labels.put(WORKERS, Word.VISIT_WORKERS);
        labels.put(SCANNED, Word.VISIT_SCANNED);
        labels.put(LATITUDE, Word.VISIT_LATITUDE);
        labels.put(LONGITUDE, Word.VISIT_LONGITUDE);
        labels.put(PHOTO_COUNT, Word.VISIT_PHOTO_COUNT);
        labels.put(PHOTOS, Word.VISIT_PHOTOS);
        labels.put(ITEMS, Word.VISIT_ITEMS);
        labels.put(FAILED_ITEMS, Word.VISIT_FAILED_ITEMS);
        labels.put(NOTE, Word.VISIT_NOTE);
        labels.put(REASON, Word.VISIT_REASON);
        LABELS = Collections.unmodifiableMap(labels);
        labels.keySet().forEach(field -> OF_API.put(field, field.replace('-', '_')));
        OF_API.put(EQUIPMENT, "equipment_code");
        OF_API.put(CHECK_IN, "check_in_at");
        OF_API.put(CHECK_OUT, "check_out_at");
        OF_API.put(PHOTOS, "photos_sha256");
    }

    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final Pattern CODE = Pattern.compile("\\P{Cntrl}{1,64}");
    private static final Pattern ITEM = Pattern.compile("\\P{Cntrl}{1,32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int MOST_WORKERS = 20;
    private static final int MOST_PHOTOS = 200;
    private static final int MOST_PHOTO_COUNT = 10_000;
    private static final int MOST_ITEMS = 300;
    private static final int LONGEST_NOTE = 1000;
    /** A clock in the field may run ahead. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    public VisitDraft {
        values = Map.copyOf(values);
    }

    /** What its fields are called, in their order on the page. */
    public Map<String, Word> labels() {
        return LABELS;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** The field's name in the API. */
    static String ofApi(String field) {
        return OF_API.getOrDefault(field, field);
    }

    static VisitDraft typed(Request request) {
        Map<String, String> values = new HashMap<>();
        LABELS.keySet().forEach(field -> values.put(field, request.field(field).strip()));
        return new VisitDraft(values);
    }

    /** The names that a program may send: those of a visit, and those that are given beside it. */
    static String[] apiFields(String beside) {
        return OF_API.entrySet().stream()
                .filter(field ->
                        (!field.getKey().equals(EQUIPMENT) && !field.getKey().equals(REASON))
                                || field.getKey().equals(beside))
                .map(Map.Entry::getValue)
                .toArray(String[]::new);
    }

    static VisitDraft sent(JsonBody body) {
        Map<String, String> values = new HashMap<>();
        for (String field : List.of(EQUIPMENT, VISIT_NO, LEVEL, KIND, CHECK_IN, CHECK_OUT, NOTE, REASON)) {
            body.text(ofApi(field)).ifPresent(text -> values.put(field, text.strip()));
        }
        for (String field : List.of(WORKERS, PHOTOS, ITEMS, FAILED_ITEMS)) {
            values.put(field, String.join("\n", body.texts(ofApi(field))));
        }
        for (String field : List.of(LATITUDE, LONGITUDE)) {
            body.real(field).ifPresent(value -> values.put(field, Double.toString(value)));
        }
        body.number(ofApi(PHOTO_COUNT)).ifPresent(value -> values.put(PHOTO_COUNT, Integer.toString(value)));
        body.truth(SCANNED).ifPresent(value -> values.put(SCANNED, value ? "yes" : "no"));
        return new VisitDraft(values);
    }

    /** A record as somebody would type it in. */
    static VisitDraft of(VisitCard card) {
        Visit visit = card.visit();
        VisitCard.Evidence evidence = card.evidence();
        Map<String, String> values = new HashMap<>();
        visit.machine().ifPresent(machine -> values.put(EQUIPMENT, machine.code()));
        values.put(VISIT_NO, visit.visitNo());
        values.put(LEVEL, Visit.word(visit.level()));
        visit.kind().map(Visit::word).ifPresent(kind -> values.put(KIND, kind));
        visit.checkInAt().ifPresent(at -> values.put(CHECK_IN, inChina(at)));
        values.put(CHECK_OUT, inChina(visit.checkOutAt()));
        values.put(WORKERS, String.join("\n", visit.workers()));
        evidence.latitude().ifPresent(degrees -> values.put(LATITUDE, degrees.toString()));
        evidence.longitude().ifPresent(degrees -> values.put(LONGITUDE, degrees.toString()));
        evidence.scanned().ifPresent(scanned -> values.put(SCANNED, scanned ? "yes" : "no"));
        evidence.photoCount().ifPresent(count -> values.put(PHOTO_COUNT, Integer.toString(count)));
        values.put(PHOTOS, String.join("\n", evidence.photos()));
        values.put(ITEMS, String.join(" ", evidence.items()));
        values.put(FAILED_ITEMS, String.join(" ", evidence.failedItems()));
        evidence.note().ifPresent(note -> values.put(NOTE, note));
        return new VisitDraft(values);
    }

    /** What is wrong with it by itself, by field; whether the machine exists is for the database to say. */
    Map<String, Word> problems(Instant now) {
        Map<String, Word> problems = new LinkedHashMap<>();
        check(problems, VISIT_NO, CODE.matcher(value(VISIT_NO)).matches(), Word.WRONG_VISIT_NO);
        check(problems, LEVEL, level().isPresent(), Word.WRONG_VISIT_LEVEL);
        check(problems, KIND, value(KIND).isEmpty() || KINDS.contains(value(KIND)), Word.WRONG_VISIT_KIND);
        Optional<Instant> in = time(CHECK_IN);
        Optional<Instant> out = time(CHECK_OUT);
        check(problems, CHECK_IN, value(CHECK_IN).isEmpty() || in.isPresent(), Word.WRONG_TIME);
        check(problems, CHECK_OUT, out.isPresent(), Word.WRONG_TIME);
        check(problems, CHECK_OUT, out.filter(now.plus(AHEAD)::isBefore).isEmpty(), Word.WRONG_TIME_AHEAD);
        check(
                problems,
                CHECK_IN,
                in.isEmpty() || out.isEmpty() || in.get().isBefore(out.get()),
                Word.WRONG_VISIT_TIMES);
        check(
                problems,
                WORKERS,
                list(WORKERS, CODE, MOST_WORKERS) && !texts(WORKERS).isEmpty(),
                Word.WRONG_WORKERS);
        check(problems, SCANNED, List.of("", "yes", "no").contains(value(SCANNED)), Word.WRONG_CHOICE);
        check(problems, LATITUDE, value(LATITUDE).isEmpty() || within(LATITUDE, 90), Word.WRONG_LATITUDE);
        check(problems, LONGITUDE, value(LONGITUDE).isEmpty() || within(LONGITUDE, 180), Word.WRONG_LONGITUDE);
        check(problems, LONGITUDE, value(LATITUDE).isEmpty() == value(LONGITUDE).isEmpty(), Word.WRONG_PLACE);
        check(problems, PHOTO_COUNT, value(PHOTO_COUNT).isEmpty() || count().isPresent(), Word.WRONG_PHOTO_COUNT);
        check(problems, PHOTOS, list(PHOTOS, SHA256, MOST_PHOTOS), Word.WRONG_PHOTOS);
        check(problems, ITEMS, list(ITEMS, ITEM, MOST_ITEMS), Word.WRONG_ITEMS);
        check(problems, FAILED_ITEMS, list(FAILED_ITEMS, ITEM, MOST_ITEMS), Word.WRONG_ITEMS);
        check(problems, NOTE, value(NOTE).length() <= LONGEST_NOTE, Word.WRONG_NOTE);
        check(problems, NOTE, value(NOTE).isEmpty() || !SuspensionDraft.isUnfit(value(NOTE)), Word.WRONG_NOTE);
        return problems;
    }

    private static void check(Map<String, Word> problems, String field, boolean right, Word problem) {
        if (!right) {
            problems.putIfAbsent(field, problem);
        }
    }

    /**
     * The visit, when it has no problems.
     *
     * @param firmCode of the firm that records it
     */
    VisitRecord record(String firmCode) {
        return new VisitRecord(
                value(VISIT_NO),
                firmCode,
                level().orElseThrow(),
                Optional.of(value(KIND)).filter(kind -> !kind.isEmpty()).map(kind -> kind.toUpperCase(Locale.ROOT)),
                time(CHECK_IN),
                time(CHECK_OUT).orElseThrow(),
                texts(WORKERS),
                number(LATITUDE),
                number(LONGITUDE),
                Optional.of(value(SCANNED)).filter(text -> !text.isEmpty()).map("yes"::equals),
                count(),
                texts(PHOTOS).stream()
                        .map(hash -> hash.toLowerCase(Locale.ROOT))
                        .toList(),
                texts(ITEMS),
                texts(FAILED_ITEMS),
                Optional.of(value(NOTE)).filter(text -> !text.isEmpty()));
    }

    Optional<MaintenanceLevel> level() {
        return Arrays.stream(MaintenanceLevel.values())
                .filter(level -> level.word().equals(value(LEVEL)))
                .findFirst();
    }

    /** A time as a form has it, of China, or as a program writes it. */
    Optional<Instant> time(String field) {
        return Day.moment(value(field));
    }

    private static String inChina(Instant at) {
        return TYPED.format(at.atZone(Day.CHINA));
    }

    private List<String> texts(String field) {
        return Arrays.stream(value(field).split("[\\s,，、;；]+"))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private boolean list(String field, Pattern form, int most) {
        List<String> texts = texts(field);
        return texts.size() <= most
                && texts.stream().allMatch(text -> form.matcher(text).matches());
    }

    private boolean within(String field, double most) {
        OptionalDouble number = number(field);
        return number.isPresent() && Math.abs(number.getAsDouble()) <= most;
    }

    private OptionalDouble number(String field) {
        try {
            return value(field).isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(value(field)));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private OptionalInt count() {
        String text = value(PHOTO_COUNT);
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST_PHOTO_COUNT) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
