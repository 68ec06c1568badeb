package io.tean.dashboards.overview;

import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.alert.Emergencies;
import io.tean.dashboards.device.DeviceState;
import io.tean.dashboards.inspection.RateQuery;
import io.tean.dashboards.inspection.Rates;
import io.tean.dashboards.inspection.Rates.Dimension;
import io.tean.dashboards.inspection.Rates.Part;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.DueQuery;
import io.tean.dashboards.overview.Overview.Devices;
import io.tean.dashboards.overview.Overview.Emergency;
import io.tean.dashboards.overview.Overview.Figures;
import io.tean.dashboards.overview.Overview.Fills;
import io.tean.dashboards.rescue.CaseQuery;
import io.tean.dashboards.rescue.CityMap;
import io.tean.dashboards.rescue.CityMap.Place;
import io.tean.dashboards.rescue.RescueCase;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.MapTiles;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the city at one moment within the scope of an account of the bureau; whatever a list counts, the list's own query counts here. */
final class OverviewQuery {
    /** Machines of a division whose mean place is its place: enough for a map, and few to read. */
    private static final int SAMPLED = 100;

    private final Jdbi jdbi;
    private final CaseQuery cases;
    private final Emergencies emergencies;
    private final DueQuery maintenance;
    private final RateQuery rates;
    private final Optional<MapTiles> tiles;

    OverviewQuery(DataSource database, Optional<MapTiles> tiles) {
        this.jdbi = WebStore.over(database);
        this.cases = new CaseQuery(database);
        this.emergencies = new Emergencies(database);
        this.maintenance = new DueQuery(database);
        this.rates = new RateQuery(database);
        this.tiles = tiles;
    }

    /** Both parts; what both show is read once. */
    Overview overview(Scope scope, Instant now) {
        Map<String, Long> alerts = emergencies.byDivision(scope);
        List<RescueCase> live = cases.live(scope);
        return new Overview(emergency(alerts, live), figures(scope, now, alerts, live));
    }

    Emergency emergency(Scope scope) {
        return emergency(emergencies.byDivision(scope), cases.live(scope));
    }

    /** @param now whose day in China today is */
    Figures figures(Scope scope, Instant now) {
        return figures(scope, now, emergencies.byDivision(scope), cases.live(scope));
    }

    /** @param alerts emergencies that are not closed, by division */
    private Emergency emergency(Map<String, Long> alerts, List<RescueCase> live) {
        return new Emergency(
                cases.now(), alerts.values().stream().mapToLong(Long::longValue).sum(), live);
    }

    private Figures figures(Scope scope, Instant now, Map<String, Long> alerts, List<RescueCase> live) {
        LocalDate today = Period.today(now);
        Rates both = rates.rates(scope, new Period(today.withDayOfMonth(1), today), today);
        Map<String, Fills> fills = jdbi.withHandle(handle -> fills(handle, scope, today));
        List<Division> divisions = divisions(scope, today, both, alerts, live, fills);
        return new Figures(
                now,
                jdbi.withHandle(handle -> devices(handle, scope)),
                maintenance.counts(scope, today),
                both,
                fills.values().stream().reduce(Fills.NONE, Fills::sum),
                divisions,
                map(divisions, live));
    }

    private static Devices devices(Handle handle, Scope scope) {
        Where where = new Where(Reach.devices(scope, "d"));
        Map<String, Long> states = new HashMap<>();
        handle.createQuery("SELECT " + DeviceState.SQL + " AS state, count(*) AS n"
                        + " FROM device d LEFT JOIN device_contact c ON c.device_id = d.device_id " + where.sql()
                        + "GROUP BY 1")
                .bindMap(where.bindings())
                .map((row, context) -> states.put(row.getString("state"), row.getLong("n")))
                .list();
        return new Devices(
                states.getOrDefault(DeviceState.CONNECTED.word(), 0L),
                states.getOrDefault(DeviceState.SILENT.word(), 0L),
                states.getOrDefault(DeviceState.NEVER.word(), 0L));
    }

    /** By division, and by machine first: a machine's findings of a day have an index, all findings of a day have none. */
    private static Map<String, Fills> fills(Handle handle, Scope scope, LocalDate today) {
        Where where = new Where(Reach.equipment(scope, "e"));
        Map<String, Fills> fills = new HashMap<>();
        handle.createQuery("""
                        WITH filling AS MATERIALIZED (
                            SELECT c.equipment_id, count(*) FILTER (WHERE c.refused IS NOT TRUE) AS filled,
                                count(*) FILTER (WHERE c.refused) AS refused
                            FROM cylinder_fill c WHERE c.time >= :from AND c.time < :until GROUP BY 1)
                        SELECT coalesce(e.division_code, '') AS division_code, sum(f.filled) AS filled, sum(f.refused) AS refused,
                            sum((SELECT count(DISTINCT (a.time, a.key_values)) FROM alert_finding a
                                 WHERE a.equipment_id = f.equipment_id AND a.stream = 'cylinder-fill'
                                   AND a.time >= :from AND a.time < :until)) AS flagged
                        FROM filling f LEFT JOIN equipment e ON e.equipment_id = f.equipment_id
                        """ + where.sql() + "GROUP BY 1")
                .bindMap(where.bindings())
                .bind("from", Day.start(today))
                .bind("until", Day.start(today.plusDays(1)))
                .map((row, context) -> fills.put(
                        row.getString("division_code"),
                        new Fills(row.getLong("filled"), row.getLong("refused"), row.getLong("flagged"))))
                .list();
        return fills;
    }

    /** Machines under the maintenance duty, and the overdue ones of them. */
    private record Upkeep(long duty, long overdue) {
        static final Upkeep NONE = new Upkeep(0, 0);
    }

    private static Map<String, Upkeep> upkeep(Handle handle, Scope scope, LocalDate today) {
        Where where = new Where(Reach.dutyCounts(scope, "c")).bind("day", today);
        Map<String, Upkeep> upkeep = new HashMap<>();
        handle.createQuery("SELECT c.division_code, sum(c.base) AS duty, sum(c.base - c.inside) AS overdue"
                        + " FROM duty_counts('MAINTENANCE', :day) c " + where.sql()
                        + "GROUP BY 1 HAVING sum(c.base) <> 0")
                .bindMap(where.bindings())
                .map((row, context) ->
                        upkeep.put(row.getString(1), new Upkeep(row.getLong("duty"), row.getLong("overdue"))))
                .list();
        return upkeep;
    }

    private List<Division> divisions(
            Scope scope,
            LocalDate today,
            Rates both,
            Map<String, Long> emergencies,
            List<RescueCase> live,
            Map<String, Fills> fills) {
        Map<String, Part> parts = both.by(Dimension.DIVISION).stream()
                .collect(Collectors.toMap(part -> part.isUnknown() ? "" : part.key(), Function.identity()));
        Map<String, Long> alerts = new HashMap<>();
        emergencies.forEach((code, number) -> alerts.put(code.equals(Emergencies.NOWHERE) ? "" : code, number));
        Map<String, Long> open =
                live.stream().collect(Collectors.groupingBy(each -> each.scene().division(), Collectors.counting()));
        return jdbi.withHandle(handle -> {
            Map<String, Upkeep> upkeep = upkeep(handle, scope, today);
            Set<String> codes = new TreeSet<>(parts.keySet());
            codes.addAll(alerts.keySet());
            codes.addAll(open.keySet());
            codes.addAll(upkeep.keySet());
            codes.addAll(fills.keySet());
            Map<String, Position> centres = centres(handle, codes);
            List<Division> divisions = new ArrayList<>();
            for (String code : codes) {
                Optional<Part> part = Optional.ofNullable(parts.get(code));
                Upkeep maintained = upkeep.getOrDefault(code, Upkeep.NONE);
                divisions.add(new Division(
                        code,
                        Optional.ofNullable(centres.get(code)),
                        alerts.getOrDefault(code, 0L),
                        open.getOrDefault(code, 0L),
                        maintained.overdue(),
                        maintained.duty(),
                        fills.getOrDefault(code, Fills.NONE).filled(),
                        part.map(Part::submitted).orElse(Overview.NOTHING),
                        part.map(Part::periodic).orElse(Overview.NOTHING)));
            }
            return divisions;
        });
    }

    private static Map<String, Position> centres(Handle handle, Set<String> codes) {
        Map<String, Position> centres = new HashMap<>();
        handle.createQuery("""
                        SELECT d.code, s.latitude, s.longitude
                        FROM unnest(:codes) AS d (code)
                        CROSS JOIN LATERAL (SELECT avg(e.latitude) AS latitude, avg(e.longitude) AS longitude
                                            FROM (SELECT m.latitude, m.longitude FROM equipment m
                                                  WHERE m.division_code = d.code LIMIT :sampled) e
                                            WHERE e.latitude IS NOT NULL AND e.longitude IS NOT NULL) s
                        WHERE s.latitude IS NOT NULL AND d.code <> ''
                        """)
                .bindArray("codes", String.class, codes)
                .bind("sampled", SAMPLED)
                .map((row, context) -> centres.put(
                        row.getString("code"), new Position(row.getDouble("latitude"), row.getDouble("longitude"))))
                .list();
        return centres;
    }

    private CityMap map(List<Division> divisions, List<RescueCase> live) {
        List<Place> places = new ArrayList<>();
        for (RescueCase rescue : live) {
            rescue.scene().position().ifPresent(at -> {
                String code = rescue.scene().rescueCode().orElse("#" + rescue.id());
                places.add(
                        new Place("case", at, code, code + " " + rescue.scene().place(), Route.CASE.path(rescue.id())));
            });
        }
        for (Division division : divisions) {
            String label = division.code() + " · " + division.overdue();
            division.position()
                    .ifPresent(at -> places.add(new Place(division.kind(), at, label, label, division.toOverdue())));
        }
        return CityMap.of(places, List.of(), tiles);
    }
}
