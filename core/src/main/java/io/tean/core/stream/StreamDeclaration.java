package io.tean.core.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One message type of one equipment class: the single place from which its checks, columns, codec and pages are derived. */
public final class StreamDeclaration {
    /** A bit mask says which fields a payload has brought. */
    static final int MOST_FIELDS = 64;

    /** Records are kept for at least four years, a leap year among them. */
    public static final int LEAST_DAYS_OF_RECORDS = 1_461;

    /** Status readings outlast every late message. */
    public static final int LEAST_DAYS_OF_STATUS = 30;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Text text;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Field> key;

    /** The file's content, one component per YAML key. */
    @SuppressWarnings(
            "NullAway") // Jackson hands null for what the file leaves out; StreamDeclaration turns it into an error
    record Text(
            String stream,
            Label title,
            List<String> equipment,
            String source,
            Mark mark,
            int version,
            LocalDate effective,
            @Nullable String interval,
            @JsonProperty("retention_days") @Nullable Integer retentionDays,
            @Nullable List<String> key,
            @Nullable List<String> index,
            List<Field> fields,
            @Nullable CodeMapping mapping,
            Map<String, Object> example) {}

    StreamDeclaration(Text text) {
        this.text = text;
        check(text.stream() != null && NAME.matcher(text.stream()).matches(), "stream: a name in kebab-case is needed");
        check(text.stream().length() <= 58, "stream: a name has at most 58 characters");
        check(
                !ReservedWords.contains(text.stream()),
                "stream: " + text.stream() + " is a word that SQL reserves; choose another one");
        check(
                !text.stream().endsWith("-hour") && !text.stream().endsWith("-day"),
                "stream: " + text.stream()
                        + " is called like a summary; choose a name that does not end in -hour or -day");
        present("title", text.title());
        present("equipment", text.equipment());
        present("source", text.source());
        present("mark", text.mark());
        present("effective", text.effective());
        present("fields", text.fields());
        present("example", text.example());
        check(text.version() >= 1, "version: needs a whole number from 1");
        Integer days = text.retentionDays();
        int leastDays = text.interval() == null ? LEAST_DAYS_OF_RECORDS : LEAST_DAYS_OF_STATUS;
        check(
                days == null || days >= leastDays,
                "retention_days: at least " + leastDays + (text.interval() == null ? ", for records" : ""));
        check(!text.fields().isEmpty() && text.fields().size() <= MOST_FIELDS, "fields: from 1 to " + MOST_FIELDS);
        for (Field field : text.fields()) {
            check(indexes.put(field.name(), indexes.size()) == null, "fields: " + field.name() + " stands twice");
        }
        List<Field> keyFields = new ArrayList<>();
        for (String name : Objects.requireNonNullElse(text.key(), List.<String>of())) {
            Field field = field(name).orElseThrow(() -> new IllegalArgumentException("key: no field " + name));
            check(field.required(), "key: field " + name + " must be required");
            check(
                    field.type() != FieldType.LIST && field.type() != FieldType.REAL,
                    "key: field " + name + " is a list or a real; neither can tell readings apart");
            keyFields.add(field);
        }
        this.key = List.copyOf(keyFields);
        for (String name : index()) {
            Field field = field(name).orElseThrow(() -> new IllegalArgumentException("index: no field " + name));
            check(
                    field.type() != FieldType.LIST && field.type() != FieldType.REAL,
                    "index: field " + name + " is a list or a real; nobody looks readings up by those");
        }
        CodeMapping mapping = text.mapping();
        if (mapping != null) {
            check(
                    field(mapping.to()).filter(f -> f.type() == FieldType.INT).isPresent(),
                    "mapping: to must name an int field");
            for (String name : List.of(mapping.by(), mapping.from())) {
                check(
                        field(name).filter(f -> f.type() == FieldType.TEXT).isPresent(),
                        "mapping: " + name + " must be a text field");
            }
        }
    }

    private static void present(String key, @Nullable Object value) {
        check(value != null, key + ": missing");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The name in topics, in kebab-case. */
    public String name() {
        return text.stream();
    }

    /** The name of its hypertable, the stream's name in snake_case. */
    public String table() {
        return text.stream().replace('-', '_');
    }

    public Label title() {
        return text.title();
    }

    /** The equipment categories that publish it. */
    public List<String> equipment() {
        return Collections.unmodifiableList(text.equipment());
    }

    /** The rule or table that the fields come from. */
    public String source() {
        return text.source();
    }

    public Mark mark() {
        return text.mark();
    }

    public int version() {
        return text.version();
    }

    public LocalDate effective() {
        return text.effective();
    }

    /** The usual time between two readings, as declared, such as 60s. */
    public Optional<String> interval() {
        return Optional.ofNullable(text.interval());
    }

    /**
     * Whether readings come again and again and only tell how things stand; readings without a declared interval are records of something that
     * happened.
     */
    public boolean isStatus() {
        return text.interval() != null;
    }

    /** For how many days readings are kept, when the declaration says so. */
    public OptionalInt retentionDays() {
        Integer days = text.retentionDays();
        return days == null ? OptionalInt.empty() : OptionalInt.of(days);
    }

    public List<Field> fields() {
        return Collections.unmodifiableList(text.fields());
    }

    /** The fields that make a reading unique beside equipment and time. */
    public List<Field> key() {
        return key;
    }

    /** The fields by which readings are looked up over long times, whatever machine they are of; each has an index. */
    public List<String> index() {
        return List.copyOf(Objects.requireNonNullElse(text.index(), List.of()));
    }

    public Optional<CodeMapping> mapping() {
        return Optional.ofNullable(text.mapping());
    }

    /** A complete valid payload. */
    public Map<String, Object> example() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(text.example()));
    }

    public Optional<Field> field(String name) {
        Integer index = indexes.get(name);
        return index == null ? Optional.empty() : Optional.of(text.fields().get(index));
    }

    /** The position of a field in {@link #fields()}, or -1 when the stream has none of that name. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** The columns of the hypertable in order: time, equipment_id, then the fields. */
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", "timestamp with time zone", true));
        columns.add(new Column("equipment_id", "integer", true));
        for (Field field : text.fields()) {
            columns.add(new Column(field.name(), field.type().columnType(), field.required()));
        }
        return columns;
    }

    /** The columns of the one unique key: equipment_id, time, then the stream's own key. */
    public List<String> keyColumns() {
        List<String> columns = new ArrayList<>(List.of("equipment_id", "time"));
        key.forEach(field -> columns.add(field.name()));
        return columns;
    }

    @Override
    public String toString() {
        return name();
    }
}
