package io.tean.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The hourly and the daily summary of a stream, as its declaration gives them: per machine and bucket the number of readings, of each number how
 * many readings had it, least, most and sum, of each bool how many had it and in how many it was true. The mean is sum / n.
 */
public final class StreamSummary {
    /** The beginning of the hour or, in Asia/Shanghai, of the day. */
    public static final String BUCKET = "bucket";

    public static final String READINGS = "readings";

    private final StreamDeclaration stream;

    public StreamSummary(StreamDeclaration stream) {
        this.stream = stream;
    }

    /**
     * One column beside bucket and machine.
     *
     * @param ofReadings the SQL that makes it from the stream's readings
     * @param ofHours the SQL that makes it from rows of the hourly summary
     */
    public record SummaryColumn(Column column, String ofReadings, String ofHours) {
        public String name() {
            return column.name();
        }
    }

    public StreamDeclaration stream() {
        return stream;
    }

    public String hourTable() {
        return stream.table() + "_hour";
    }

    public String dayTable() {
        return stream.table() + "_day";
    }

    /** What both tables hold, the key first. */
    public List<Column> columns() {
        List<Column> all = new ArrayList<>();
        all.add(new Column(BUCKET, "timestamp with time zone", true));
        all.add(new Column("equipment_id", "integer", true));
        derived().forEach(d -> all.add(d.column()));
        return all;
    }

    /** The columns beside bucket and machine. */
    public List<SummaryColumn> derived() {
        List<SummaryColumn> derived = new ArrayList<>();
        derived.add(counted(READINGS, "count(*)"));
        for (Field field : stream.fields()) {
            String name = field.name();
            switch (field.type()) {
                case INT, REAL -> {
                    String type = field.type().columnType();
                    derived.add(counted(count(field), "count(" + name + ")"));
                    derived.add(folded(least(field), type, "min(", name));
                    derived.add(folded(most(field), type, "max(", name));
                    // Whole numbers add up exactly, whatever their order and number.
                    derived.add(folded(sum(field), field.type() == FieldType.INT ? "numeric" : type, "sum(", name));
                }
                case BOOL -> {
                    derived.add(counted(count(field), "count(" + name + ")"));
                    derived.add(counted(whenTrue(field), "count(*) FILTER (WHERE " + name + ")"));
                }
                case TEXT, ENUM, LIST -> {
                    // Words have no sum.
                }
            }
        }
        return derived;
    }

    private static SummaryColumn counted(String name, String count) {
        return new SummaryColumn(
                new Column(name, "integer", true), "(" + count + ")::integer", "sum(" + name + ")::integer");
    }

    private static SummaryColumn folded(String name, String type, String fold, String field) {
        return new SummaryColumn(new Column(name, type, false), fold + field + ")", fold + name + ")");
    }

    /** The column with the number of readings that had the field. */
    public static String count(Field field) {
        return field.name() + "_n";
    }

    public static String least(Field field) {
        return field.name() + "_min";
    }

    public static String most(Field field) {
        return field.name() + "_max";
    }

    public static String sum(Field field) {
        return field.name() + "_sum";
    }

    /** The column with the number of readings in which a bool was true. */
    public static String whenTrue(Field field) {
        return field.name() + "_true";
    }

    /** The names of all columns, separated by commas, for an INSERT. */
    public String names() {
        return columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
