package io.tean.dashboards.inspection;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.inspection.Rates.Dimension;
import io.tean.dashboards.inspection.Rates.Exclusion;
import io.tean.dashboards.inspection.Rates.Part;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.submission.Counted;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the two rates within a scope: of the bureau from the counts that are kept, of an organisation from its few machines. */
public final class RateQuery {
    private final Jdbi jdbi;

    public RateQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** @param today by which contracts a firm reaches machines */
    public Rates rates(Scope scope, Period period, LocalDate today) {
        return jdbi.withHandle(handle -> {
            List<Count> counts = counts(handle, scope, period, today);
            Map<Integer, Body> bodies = bodies(handle, counts);
            return new Rates(
                    period,
                    Count.sum(Rate.SUBMITTED, counts),
                    Count.sum(Rate.PERIODIC, counts),
                    Map.of(
                            Dimension.DIVISION, parts(counts, count -> named(count.division())),
                            Dimension.CATEGORY, parts(counts, count -> named(count.category())),
                            Dimension.BODY, parts(counts, count -> bodies.getOrDefault(count.body(), Body.UNKNOWN))),
                    exclusions(handle, scope, period, today, Count.sum(Rate.PERIODIC, counts)));
        });
    }

    /** What both rates are made of. */
    static List<Count> counts(Handle handle, Scope scope, Period period, LocalDate today) {
        String sql = scope.ofBureau()
                ? """
                SELECT 'SUBMITTED' AS rate, c.* FROM submitted_inspection_counts(:from, :day) c WHERE %1$s
                UNION ALL
                SELECT 'PERIODIC', c.* FROM periodic_inspection_counts(:day) c WHERE %1$s
                """.formatted(Reach.divisions(scope, "c").condition())
                : """
                SELECT 'SUBMITTED' AS rate, s.division_code, s.category, coalesce(s.body_id, 0) AS body_id, count(*) AS base,
                    count(*) FILTER (WHERE s.reported_on <= :day) AS fulfilled
                FROM submission s WHERE %s AND %s GROUP BY 2, 3, 4
                UNION ALL
                SELECT 'PERIODIC', d.division_code, d.category, coalesce(d.answerable_id, 0), count(*),
                    count(*) FILTER (WHERE d.due_on >= :day)
                FROM duty d
                WHERE d.kind = 'INSPECTION' AND d.from_on <= :day AND d.until_on > :day AND %s GROUP BY 2, 3, 4
                """.formatted(
                                Counted.ALL.condition(),
                                Reach.machines(scope, "s", today).condition(),
                                Reach.machines(scope, "d", today).condition());
        return handle.createQuery(sql)
                .bindMap(Reach.machines(scope, "d", today).bindings())
                .bind("from", period.from())
                .bind("day", period.day())
                .map((row, context) -> Count.of(row))
                .list();
    }

    /** What is left out, and why. Machines that no rule gives a day are those in use less those that are counted. */
    private static List<Exclusion> exclusions(
            Handle handle, Scope scope, Period period, LocalDate today, Fraction periodic) {
        Reach machines = scope.ofBureau() ? Reach.divisions(scope, "c") : Reach.machines(scope, "x", today);
        String sql = scope.ofBureau()
                ? "SELECT c.state, sum(c.machines) AS number FROM state_count c WHERE c.day <= :day AND %s GROUP BY 1"
                : """
                SELECT x.state, count(*) AS number FROM equipment_state x
                WHERE x.from_on <= :day AND x.until_on > :day AND %s GROUP BY 1
                """;
        Map<String, Long> states = new HashMap<>();
        handle.createQuery(sql.formatted(machines.condition()))
                .bindMap(machines.bindings())
                .bind("day", period.day())
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("number")))
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        List<Exclusion> exclusions = new ArrayList<>();
        for (Because because : Because.values()) {
            long number = because == Because.NO_RULE
                    ? states.getOrDefault("IN_USE", 0L) - periodic.whole()
                    : states.getOrDefault(because.name(), 0L);
            exclusions.add(new Exclusion(Rate.PERIODIC, because.word(), Math.max(0, number)));
        }
        Reach submissions = Reach.machines(scope, "s", today);
        for (Counted counted : Counted.LEFT_OUT) {
            long number = handle.createQuery("SELECT count(*) FROM submission s WHERE %s AND %s"
                            .formatted(counted.condition(), submissions.condition()))
                    .bindMap(submissions.bindings())
                    .bindMap(counted.bindings(period))
                    .mapTo(Long.class)
                    .one();
            exclusions.add(new Exclusion(Rate.SUBMITTED, counted.word(), number));
        }
        return exclusions;
    }

    /** An inspection body, or whatever else rates are told apart by. */
    private record Body(String key, String name) {
        static final Body UNKNOWN = new Body(Part.UNKNOWN, "");
    }

    private static Body named(String code) {
        return code.isEmpty() ? Body.UNKNOWN : new Body(code, code);
    }

    private static Map<Integer, Body> bodies(Handle handle, List<Count> counts) {
        Map<Integer, Body> bodies = new HashMap<>();
        List<Integer> ids = counts.stream().map(Count::body).distinct().toList();
        if (!ids.isEmpty()) {
            handle.createQuery(
                            "SELECT organisation_id, credit_code, name FROM organisation WHERE organisation_id = ANY (:ids)")
                    .bindArray("ids", Integer.class, ids)
                    .map((row, context) -> bodies.put(
                            row.getInt("organisation_id"),
                            new Body(row.getString("credit_code"), row.getString("name"))))
                    .list();
        }
        return bodies;
    }

    private static List<Part> parts(List<Count> counts, Function<Count, Body> key) {
        Map<String, List<Count>> groups = new TreeMap<>();
        Map<String, Body> names = new LinkedHashMap<>();
        for (Count count : counts) {
            Body body = key.apply(count);
            names.put(body.key(), body);
            groups.computeIfAbsent(body.key(), ignored -> new ArrayList<>()).add(count);
        }
        return groups.entrySet().stream()
                .map(group -> new Part(
                        group.getKey(),
                        names.getOrDefault(group.getKey(), Body.UNKNOWN).name(),
                        Count.sum(Rate.SUBMITTED, group.getValue()),
                        Count.sum(Rate.PERIODIC, group.getValue())))
                .toList();
    }
}
