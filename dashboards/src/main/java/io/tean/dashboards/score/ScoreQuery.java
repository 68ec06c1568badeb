package io.tean.dashboards.score;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.figures.Span;
import io.tean.dashboards.list.Where;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** Measures the firms in a month, and finds the events behind a firm's points. */
final class ScoreQuery {
    /** Of one item; a firm with more has other worries than a longer page. */
    static final int MOST_EVENTS = 200;

    private final Jdbi jdbi;

    ScoreQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** The firms within a scope that had elevators or calls in the month, ranked among all firms of the city. */
    List<Score> scores(Scope scope, ScoreTable table, YearMonth month, LocalDate today) {
        return jdbi.withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            Map<Integer, Map<Measure, Fact>> facts = new HashMap<>();
            Set<Integer> busy = new HashSet<>();
            Map<String, Object> bindings = bindings(month, today);
            Set<Measure> measures = new HashSet<>(List.of(Measure.ELEVATORS));
            table.items().forEach(item -> measures.add(item.measure()));
            for (Measure measure : measures) {
                handle.createQuery(measure.sums())
                        .bindMap(bindings)
                        .map((row, context) -> {
                            int firm = row.getInt("firm_id");
                            if (measure != Measure.NO_TELEPHONE) {
                                busy.add(firm);
                            }
                            Fact fact = new Fact(row.getLong("part"), row.getLong("whole"));
                            return facts.computeIfAbsent(firm, ignored -> new EnumMap<>(Measure.class))
                                    .put(measure, fact);
                        })
                        .list();
            }
            List<Score> scores = firms(handle).stream()
                    .filter(firm -> busy.contains(firm.id()))
                    .map(firm -> table.score(firm, facts.getOrDefault(firm.id(), Map.of())))
                    .toList();
            Set<Integer> seen = new HashSet<>(within(handle, scope));
            return Score.ranked(scores).stream()
                    .filter(score -> seen.contains(score.firm().id()))
                    .toList();
        });
    }

    /** The first events of an item of a firm. */
    List<ScoreEvent> events(Score.Firm firm, Measure measure, YearMonth month, LocalDate today) {
        if (measure.events().isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            return new ArrayList<>(handle.createQuery("SELECT * FROM (" + measure.events()
                            + ") m WHERE m.firm_id = :firm ORDER BY m.at, m.ref LIMIT :most")
                    .bindMap(bindings(month, today))
                    .bind("firm", firm.id())
                    .bind("most", MOST_EVENTS)
                    .map((row, context) -> new ScoreEvent(
                            measure,
                            row.getString("ref"),
                            Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant),
                            row.getString("what"),
                            row.getString("detail")))
                    .list());
        });
    }

    private static Map<String, Object> bindings(YearMonth month, LocalDate today) {
        Span span = Span.of(month);
        Map<String, Object> bindings = new HashMap<>(span.bindings());
        bindings.put("first", span.from());
        bindings.put("last", span.countedOn(today));
        bindings.put("today", today);
        return bindings;
    }

    private static List<Score.Firm> firms(Handle handle) {
        return handle.createQuery("""
                        SELECT organisation_id, credit_code, name FROM organisation WHERE kind = 'MAINTENANCE_FIRM'
                        """)
                .map((row, context) -> new Score.Firm(
                        row.getInt("organisation_id"), row.getString("credit_code"), row.getString("name")))
                .list();
    }

    private static List<Integer> within(Handle handle, Scope scope) {
        Where where = new Where(Reach.firms(scope, "o")).and("o.kind = 'MAINTENANCE_FIRM'");
        return handle.createQuery("SELECT o.organisation_id FROM organisation o " + where.sql())
                .bindMap(where.bindings())
                .mapTo(Integer.class)
                .list();
    }
}
