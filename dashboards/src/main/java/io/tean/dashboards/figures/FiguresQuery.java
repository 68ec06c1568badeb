package io.tean.dashboards.figures;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.figures.Figures.Spread;
import io.tean.dashboards.figures.Report.Elevators;
import io.tean.dashboards.figures.Report.Part;
import io.tean.dashboards.list.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** Counts the cases of some days within a scope: all of them and every dimension in one reading. */
final class FiguresQuery {
    /** A case, with the columns that figures are told apart by. The firm is the one that had the contract on the day. */
    private static final String CASES = "SELECT k.*, "
            + Arrays.stream(Counted.values())
                    .map(counted -> "(" + counted.condition() + ") AS " + counted.key())
                    .collect(Collectors.joining(", "))
            + """
            , coalesce(k.division_code, '') AS division, coalesce(f.credit_code, '') AS firm,
                coalesce(f.name, '') AS firm_name, coalesce(e.place_kind, '') AS place_kind, coalesce(k.cause, '') AS cause_class,
                extract(hour FROM k.opened_at AT TIME ZONE 'Asia/Shanghai')::integer AS hour
            FROM rescue_case k LEFT JOIN equipment e ON e.equipment_id = k.equipment_id
            LEFT JOIN LATERAL (""" + CaseList.contractFirm("k") + ") f ON TRUE ";

    private static final String SUMS = """
            sum(k.released_count) FILTER (WHERE k.outcome = 'RELEASED') AS people,
            avg(extract(epoch FROM k.arrived_at - k.opened_at) / 60) AS arrival_mean,
            percentile_cont(0.9) WITHIN GROUP (ORDER BY (extract(epoch FROM k.arrived_at - k.opened_at) / 60)::double precision) AS arrival_p90,
            avg(extract(epoch FROM k.released_at - k.arrived_at) / 60) FILTER (WHERE k.outcome = 'RELEASED') AS work_mean,
            percentile_cont(0.9) WITHIN GROUP (ORDER BY (extract(epoch FROM k.released_at - k.arrived_at) / 60)::double precision)
                FILTER (WHERE k.outcome = 'RELEASED') AS work_p90,
            avg(extract(epoch FROM k.answered_at - k.dispatched_at)) AS answer_mean
            """;

    private static final Map<Dimension, String> COLUMNS = Map.of(
            Dimension.DIVISION, "k.division",
            Dimension.FIRM, "k.firm",
            Dimension.PLACE_KIND, "k.place_kind",
            Dimension.HOUR, "k.hour",
            Dimension.CAUSE, "k.cause_class");

    private final Jdbi jdbi;

    FiguresQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** @param now until when an unfinished case has waited */
    Report report(Scope scope, Span span, Instant now, LocalDate today) {
        return jdbi.withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            List<Group> groups = groups(handle, scope, span, now, List.of(Dimension.values()));
            Map<Dimension, List<Part>> parts = new EnumMap<>(Dimension.class);
            for (Dimension dimension : Dimension.values()) {
                parts.put(dimension, parts(dimension, groups));
            }
            Span before = span.before();
            Map<String, Long> inUse = elevators(handle, scope, today);
            Map<String, Long> elevators = elevatorsOn(handle, scope, span.countedOn(today), today, inUse);
            return new Report(
                    span,
                    whole(groups),
                    whole(groups(handle, scope, before, now, List.of())),
                    parts,
                    new Elevators(
                            sum(elevators),
                            sum(elevatorsOn(handle, scope, before.countedOn(today), today, inUse)),
                            elevators));
        });
    }

    /** One row of the reading: all cases where there is no dimension. */
    private record Group(Optional<Dimension> dimension, String key, String name, Figures figures) {}

    private static List<Group> groups(Handle handle, Scope scope, Span span, Instant now, List<Dimension> dimensions) {
        Reach reach = Reach.cases(scope, "k");
        Where where = new Where(reach)
                .and("k.opened_at >= :from AND k.opened_at < :until")
                .bind("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        span.bindings().forEach(where::bind);
        String counts = Arrays.stream(Counted.values())
                .map(counted -> "count(*) FILTER (WHERE k." + counted.key() + ") AS " + counted.key())
                .collect(Collectors.joining(", "));
        String grouped = dimensions.stream()
                .map(COLUMNS::get)
                .map(column -> "(" + column + ")")
                .collect(Collectors.joining(", "));
        String keys = dimensions.isEmpty()
                ? "0 AS grouping, '' AS firm_name"
                : "GROUPING(" + dimensions.stream().map(COLUMNS::get).collect(Collectors.joining(", "))
                        + ") AS grouping, max(k.firm_name) AS firm_name, "
                        + dimensions.stream()
                                .map(dimension -> COLUMNS.get(dimension) + " AS key_" + dimension.name())
                                .collect(Collectors.joining(", "));
        String sql = "WITH k AS MATERIALIZED (" + CASES + where.sql() + ") SELECT " + keys + ", "
                + counts + ", " + SUMS + " FROM k GROUP BY GROUPING SETS (()"
                + (dimensions.isEmpty() ? "" : ", " + grouped) + ")";
        return handle.createQuery(sql)
                .bindMap(where.bindings())
                .map((row, context) -> group(row, dimensions))
                .list();
    }

    /** PostgreSQL says by a bit for each column, the first the highest, which of them a row is not grouped by. */
    private static Group group(ResultSet row, List<Dimension> dimensions) throws SQLException {
        int grouping = row.getInt("grouping");
        for (int i = 0; i < dimensions.size(); i++) {
            if ((grouping >> (dimensions.size() - 1 - i) & 1) == 0) {
                Dimension dimension = dimensions.get(i);
                String key = row.getString("key_" + dimension.name());
                String name = dimension == Dimension.FIRM ? row.getString("firm_name") : key;
                return new Group(Optional.of(dimension), key.isEmpty() ? CaseList.UNKNOWN : key, name, figures(row));
            }
        }
        return new Group(Optional.empty(), "", "", figures(row));
    }

    private static Figures figures(ResultSet row) throws SQLException {
        Map<Counted, Long> counts = new EnumMap<>(Counted.class);
        for (Counted counted : Counted.values()) {
            counts.put(counted, row.getLong(counted.key()));
        }
        return new Figures(
                counts,
                row.getLong("people"),
                new Spread(number(row, "arrival_mean"), number(row, "arrival_p90")),
                new Spread(number(row, "work_mean"), number(row, "work_p90")),
                number(row, "answer_mean"));
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Figures whole(List<Group> groups) {
        return groups.stream()
                .filter(group -> group.dimension().isEmpty())
                .map(Group::figures)
                .findFirst()
                .orElseThrow();
    }

    /** Firms by their entrapments, hours as they follow, the others by their codes; what is not known last. */
    private static List<Part> parts(Dimension dimension, List<Group> groups) {
        Function<Group, Long> order = switch (dimension) {
            case FIRM -> group -> -group.figures().count(Counted.ENTRAPMENT);
            case HOUR -> group -> Long.valueOf(group.key());
            case DIVISION, PLACE_KIND, CAUSE -> group -> 0L;
        };
        List<Group> mine = new ArrayList<>(groups);
        mine.removeIf(group -> !group.dimension().equals(Optional.of(dimension)));
        mine.sort(Comparator.comparing((Group group) -> group.key().equals(CaseList.UNKNOWN))
                .thenComparing(order)
                .thenComparing(Group::key));
        return mine.stream()
                .map(group -> new Part(dimension, group.key(), group.name(), group.figures()))
                .toList();
    }

    private static Where elevators(Scope scope, LocalDate today) {
        return new Where(Reach.machines(scope, "e", today)).and("lower(e.category) = 'elevator'");
    }

    /** Elevators in use now, by division. */
    private static Map<String, Long> elevators(Handle handle, Scope scope, LocalDate today) {
        Where where = elevators(scope, today).and("e.state = 'IN_USE'");
        return byDivision(
                handle, "SELECT e.division_code, count(*) AS n FROM equipment e " + where.sql() + "GROUP BY 1", where);
    }

    /** Elevators in use on a day, by division: those of now, and with them what has changed since. */
    private static Map<String, Long> elevatorsOn(
            Handle handle, Scope scope, LocalDate day, LocalDate today, Map<String, Long> inUse) {
        Where where = elevators(scope, today).bind("day", day);
        Map<String, Long> elevators = new HashMap<>(inUse);
        byDivision(handle, """
                        WITH moved AS (
                            SELECT equipment_id FROM equipment_state WHERE from_on > :day
                            UNION SELECT equipment_id FROM equipment_state WHERE until_on > :day AND until_on < 'infinity')
                        SELECT e.division_code, sum((EXISTS (
                                SELECT FROM equipment_state s WHERE s.equipment_id = e.equipment_id
                                    AND s.state = 'IN_USE' AND s.from_on <= :day AND s.until_on > :day))::integer
                            - (e.state = 'IN_USE')::integer) AS n
                        FROM moved m JOIN equipment e ON e.equipment_id = m.equipment_id
                        """ + where.sql() + "GROUP BY 1", where)
                .forEach((division, more) -> elevators.merge(division, more, Long::sum));
        elevators.values().removeIf(number -> number <= 0);
        return elevators;
    }

    private static Map<String, Long> byDivision(Handle handle, String sql, Where where) {
        Map<String, Long> numbers = new HashMap<>();
        handle.createQuery(sql)
                .bindMap(where.bindings())
                .map((row, context) -> numbers.put(
                        Optional.ofNullable(row.getString("division_code")).orElse(""), row.getLong("n")))
                .list();
        return numbers;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
