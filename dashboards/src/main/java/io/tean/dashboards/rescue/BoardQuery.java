package io.tean.dashboards.rescue;

import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.rescue.Board.Rest;
import io.tean.dashboards.rescue.Board.Row;
import io.tean.dashboards.rescue.CaseCard.Called;
import io.tean.dashboards.rescue.CaseCard.Trouble;
import io.tean.dashboards.rescue.CityMap.Place;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.MapTiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads what stands on the board. */
final class BoardQuery {
    private static final int MOST_TROUBLES = 50;
    private static final int MOST_RELEASED = 30;
    private static final int MOST_STATIONS = 300;

    private final CaseQuery cases;
    private final Jdbi jdbi;
    private final Optional<MapTiles> tiles;

    BoardQuery(DataSource database, CaseQuery cases, Optional<MapTiles> tiles) {
        this.cases = cases;
        this.jdbi = WebStore.over(database);
        this.tiles = tiles;
    }

    /** The live cases, those first whose clock runs out next. */
    List<Row> live(Scope scope) {
        return rows(cases.live(scope));
    }

    Rest rest(Scope scope, List<Row> live) {
        return new Rest(troubles(scope), rows(cases.open(scope, false, MOST_RELEASED)), map(live, stations(scope)));
    }

    private List<Row> rows(List<RescueCase> open) {
        Map<Long, List<Called>> units =
                cases.units(open.stream().map(RescueCase::id).toList());
        return open.stream()
                .map(rescue -> {
                    List<Called> all = units.getOrDefault(rescue.id(), List.of());
                    List<Called> active = all.stream().filter(Called::isActive).toList();
                    return new Row(rescue, active.isEmpty() ? all : active);
                })
                .toList();
    }

    /** Open emergencies that are in no case, and critical alerts that nobody has acknowledged; not those that are kept quiet. */
    private List<Trouble> troubles(Scope scope) {
        Where where = new Where(Reach.alerts(scope, "a")).and("""
                a.state <> 'closed' AND a.muted_by IS NULL
                AND (a.severity_rank = 0 AND NOT EXISTS (SELECT FROM case_alert k WHERE k.alert_id = a.alert_id)
                     OR a.severity_rank = 1 AND a.state = 'open')
                AND alert_silence(a) IS NULL
                """);
        return jdbi.withHandle(handle -> handle.createQuery(CaseQuery.TROUBLES + where.sql()
                        + "ORDER BY a.severity_rank, a.activated_at DESC, a.alert_id DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", MOST_TROUBLES)
                .map((row, context) -> CaseQuery.trouble(row))
                .list());
    }

    private List<Place> stations(Scope scope) {
        Where where = new Where(Reach.organisations(scope, "o"))
                .and("o.kind = 'RESCUE_STATION' AND o.latitude IS NOT NULL AND o.longitude IS NOT NULL");
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT o.name, o.latitude, o.longitude, o.duty_hours FROM organisation o " + where.sql()
                                + "ORDER BY o.organisation_id LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", MOST_STATIONS)
                .map((row, context) -> new Place(
                        "station",
                        new Position(row.getDouble("latitude"), row.getDouble("longitude")),
                        row.getString("name"),
                        Stream.of(row.getString("name"), row.getString("duty_hours"))
                                .filter(text -> text != null)
                                .reduce((name, hours) -> name + " " + hours)
                                .orElse(""),
                        ""))
                .list());
    }

    /** Of one case, with the stations that the viewer may see; without its place they would say nothing. */
    CityMap map(CaseCard card, Scope scope) {
        RescueCase rescue = card.rescue();
        List<Called> active = card.active();
        Row row = new Row(rescue, active.isEmpty() ? card.units() : active);
        boolean around = rescue.isLive() && rescue.scene().position().isPresent() && scope.ofBureau();
        return map(List.of(row), around ? stations(scope) : List.of());
    }

    private CityMap map(List<Row> rows, List<Place> stations) {
        List<Place> places = new ArrayList<>();
        List<List<Position>> ways = new ArrayList<>();
        Set<Position> drawn = new HashSet<>();
        for (Row row : rows) {
            RescueCase rescue = row.rescue();
            rescue.scene().position().ifPresent(at -> {
                String code = rescue.scene().rescueCode().orElse("#" + rescue.id());
                places.add(
                        new Place("case", at, code, code + " " + rescue.scene().place(), Route.CASE.path(rescue.id())));
            });
            for (Called unit : row.units()) {
                unit.position().ifPresent(at -> {
                    if (drawn.add(at)) {
                        places.add(new Place("unit", at, unit.unit(), unit.unit() + " " + unit.telephone(), ""));
                    }
                    rescue.scene().position().ifPresent(scene -> ways.add(List.of(at, scene)));
                });
            }
        }
        stations.stream().filter(station -> drawn.add(station.position())).forEach(places::add);
        return CityMap.of(places, ways, tiles);
    }
}
