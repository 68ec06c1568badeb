package io.tean.dashboards.filling;

import io.tean.core.stream.Label;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.filling.Fill.Checks;
import io.tean.dashboards.filling.Fill.Cylinder;
import io.tean.dashboards.filling.Fill.Flag;
import io.tean.dashboards.filling.Fill.Masses;
import io.tean.dashboards.filling.Fill.Place;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads fills within a scope, for pages and the API alike; always of bounded days, or of one cylinder, which has an index. */
public final class FillQuery {
    static final Sorting SORTING =
            new Sorting(columns(), "-time", "(f.equipment_id, f.filling_gun_id, f.cylinder_code)");

    /** The findings of a fill: a reading is named by machine, stream, time and key. */
    private static final String FLAGS = """
            alert_finding g WHERE g.equipment_id = f.equipment_id AND g.stream = 'cylinder-fill' AND g.time = f.time
                AND g.key_values = ARRAY[f.filling_gun_id, f.cylinder_code]
            """;

    private static final String FROM = """
            FROM cylinder_fill f JOIN equipment e ON e.equipment_id = f.equipment_id
            LEFT JOIN organisation o ON o.organisation_id = e.use_unit_id
            """;
    private final Jdbi jdbi;

    public FillQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("time", "f.time");
        columns.put("net", "coalesce(f.net_fill_kg, 0)");
        columns.put("cylinder", "f.cylinder_code");
        return columns;
    }

    Listing<Fill> list(Scope scope, FillFilter filter, Paging paging) {
        return reader(scope, Reach.equipment(scope, "e"), filter).page(jdbi, paging);
    }

    /**
     * The fills of a cylinder that the viewer may see, newest first. The bureau sees all of them: a cylinder travels, and its life is
     * followed wherever it goes. A station sees those at its own machines.
     */
    public Listing<Fill> life(Scope scope, String cylinder, LocalDate today, int page) {
        Reach reach = scope.ofBureau() ? Reach.all() : Reach.equipment(scope, "e");
        return reader(scope, reach, FillFilter.ofCylinder(cylinder, today))
                .page(jdbi, new Paging(page, Paging.STANDARD_SIZE, "time", true));
    }

    /** Writes all fills of a list, however many, in its order. */
    void export(Scope scope, FillFilter filter, Paging paging, Sheet.Sink sink, Function<Fill, Object[]> cells)
            throws IOException {
        reader(scope, Reach.equipment(scope, "e"), filter).export(jdbi, paging, sink, cells);
    }

    private ListReader<Fill> reader(Scope scope, Reach reach, FillFilter filter) {
        Map<String, Label> titles = titles();
        Where where = where(reach, filter);
        Reach cylinders = Reach.cylinders(scope, "c");
        Map<String, Object> bindings = new HashMap<>(cylinders.bindings());
        bindings.putAll(where.bindings());
        return new ListReader<>(
                """
                        SELECT f.time, e.code AS machine, f.filling_gun_id, o.name AS station_name, o.credit_code AS station, f.cylinder_code,
                            f.medium, f.tare_kg, f.gross_kg, f.net_fill_kg, f.reweighed_kg, f.rated_fill_kg, f.filler_certificate_no,
                            f.refused IS TRUE AS refused, f.pre_check, f.pre_check_faults, f.post_check, f.post_check_faults,
                            ARRAY(SELECT g.rule FROM %1$s ORDER BY g.rule) AS rules, ARRAY(SELECT g.alert_id FROM %1$s ORDER BY g.rule) AS alerts,
                            EXISTS (SELECT FROM cylinder c WHERE c.code = f.cylinder_code AND (%2$s)) AS shown
                        """.formatted(FLAGS, cylinders.condition()) + FROM + where.sql(),
                FROM + where.sql(),
                bindings,
                SORTING,
                (row, context) -> fill(row, titles));
    }

    private static Where where(Reach reach, FillFilter filter) {
        Where where = new Where(reach)
                .and("f.time < :until", "until", Day.start(filter.to().plusDays(1)));
        filter.from().ifPresent(day -> where.and("f.time >= :since", "since", Day.start(day)));
        filter.cylinder().ifPresent(code -> where.and("f.cylinder_code = :cylinder", "cylinder", code));
        filter.station().ifPresent(code -> {
            if (code.equals(FillFilter.NOBODYS)) {
                where.and("e.use_unit_id IS NULL");
            } else {
                where.and(
                        "e.use_unit_id = (SELECT organisation_id FROM organisation WHERE credit_code = :station)",
                        "station",
                        code);
            }
        });
        filter.verdict()
                .ifPresent(verdict -> where.and(
                        switch (verdict) {
                            case "filled" -> "f.refused IS NOT TRUE";
                            case "refused" -> "f.refused IS TRUE";
                            case "flagged" -> "EXISTS (SELECT FROM " + FLAGS + ")";
                            default -> throw new IllegalArgumentException("no verdict " + verdict);
                        }));
        filter.rule()
                .ifPresent(rule -> where.and("EXISTS (SELECT FROM " + FLAGS + " AND g.rule = :rule)", "rule", rule));
        return where;
    }

    /** By station, the ones with the most flagged fills first; or by day, the newest first. */
    List<Tally> tallies(Scope scope, FillFilter filter, boolean byDay) {
        Where where = where(Reach.equipment(scope, "e"), filter);
        String key = byDay ? "(f.time AT TIME ZONE 'Asia/Shanghai')::date::text" : "coalesce(o.credit_code, '-')";
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT %1$s AS key, %2$s AS name, count(*) FILTER (WHERE f.refused IS NOT TRUE) AS fills,
                            round(coalesce(sum(f.net_fill_kg) FILTER (WHERE f.refused IS NOT TRUE), 0)::numeric, 3) AS mass,
                            count(*) FILTER (WHERE f.refused IS TRUE) AS refused, count(g.equipment_id) AS flagged
                        %3$s
                        LEFT JOIN (SELECT DISTINCT equipment_id, time, key_values FROM alert_finding
                                   WHERE stream = 'cylinder-fill' AND time >= :since AND time < :until) g
                            ON g.equipment_id = f.equipment_id AND g.time = f.time
                                AND g.key_values = ARRAY[f.filling_gun_id, f.cylinder_code]
                        %4$s
                        GROUP BY 1, 2 ORDER BY %5$s
                        """.formatted(
                                key,
                                byDay ? "NULL::text" : "o.name",
                                FROM,
                                where.sql(),
                                byDay ? "1 DESC" : "flagged DESC, fills DESC, name, key"))
                .bindMap(where.bindings())
                .bind("since", Day.start(filter.from().orElseThrow()))
                .map((row, context) -> new Tally(
                        row.getString("key"),
                        Optional.ofNullable(row.getString("name")),
                        row.getLong("fills"),
                        row.getBigDecimal("mass"),
                        row.getLong("refused"),
                        row.getLong("flagged")))
                .list());
    }

    /** How many fills each rule found something in, the most first. */
    Map<Flag, Long> flags(Scope scope, FillFilter filter) {
        Map<String, Label> titles = titles();
        Where where = where(Reach.equipment(scope, "e"), filter);
        Map<Flag, Long> counts = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT g.rule, count(*) AS fills
                        %s
                        JOIN alert_finding g ON g.equipment_id = f.equipment_id AND g.stream = 'cylinder-fill' AND g.time = f.time
                            AND g.key_values = ARRAY[f.filling_gun_id, f.cylinder_code] AND g.time >= :since AND g.time < :until
                        %s
                        GROUP BY 1 ORDER BY 2 DESC, 1
                        """.formatted(FROM, where.sql()))
                .bindMap(where.bindings())
                .bind("since", Day.start(filter.from().orElseThrow()))
                .map((row, context) -> Map.entry(
                        new Flag(row.getString("rule"), 0, Optional.ofNullable(titles.get(row.getString("rule")))),
                        row.getLong("fills")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
        return counts;
    }

    private Map<String, Label> titles() {
        return jdbi.withHandle(handle -> {
            Map<String, Label> titles = new HashMap<>();
            handle.createQuery("SELECT rule, title_zh, title_en FROM alert_rule")
                    .map((row, context) -> Map.entry(
                            row.getString("rule"), new Label(row.getString("title_zh"), row.getString("title_en"))))
                    .forEach(entry -> titles.put(entry.getKey(), entry.getValue()));
            return titles;
        });
    }

    private static Fill fill(ResultSet row, Map<String, Label> titles) throws SQLException {
        List<String> rules = texts(row, "rules");
        Long[] alerts = (Long[]) row.getArray("alerts").getArray();
        List<Flag> flags = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            flags.add(new Flag(rules.get(i), alerts[i], Optional.ofNullable(titles.get(rules.get(i)))));
        }
        return new Fill(
                row.getTimestamp("time").toInstant(),
                new Place(
                        row.getString("machine"),
                        row.getString("filling_gun_id"),
                        Optional.ofNullable(row.getString("station_name")),
                        Optional.ofNullable(row.getString("station"))),
                new Cylinder(row.getString("cylinder_code"), row.getBoolean("shown")),
                Optional.ofNullable(row.getString("medium")),
                new Masses(
                        number(row, "tare_kg"),
                        number(row, "gross_kg"),
                        number(row, "net_fill_kg"),
                        number(row, "reweighed_kg"),
                        number(row, "rated_fill_kg")),
                Optional.ofNullable(row.getString("filler_certificate_no")),
                new Checks(
                        row.getBoolean("refused"),
                        Optional.ofNullable(row.getString("pre_check")),
                        texts(row, "pre_check_faults"),
                        Optional.ofNullable(row.getString("post_check")),
                        texts(row, "post_check_faults")),
                flags);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
    }
}
