package io.tean.dashboards.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.rescue.CityMap.Place;
import io.tean.dashboards.rescue.CityMap.Spot;
import io.tean.dashboards.screen.MapTiles;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CityMapTest {
    @Test
    void places_standAsInTheWorld_insideThePicture() {
        CityMap map = map(place("case", 31.3, 120.7), place("station", 31.4, 120.9));
        Spot scene = spot(map, "case");
        Spot station = spot(map, "station");
        assertThat(scene.x()).isLessThan(station.x());
        assertThat(scene.y()).isGreaterThan(station.y());
        assertThat(map.spots()).allSatisfy(spot -> {
            assertThat(spot.x()).isBetween(40.0, CityMap.WIDTH - 40.0);
            assertThat(spot.y()).isBetween(40.0, CityMap.HEIGHT - 40.0);
        });
    }

    @Test
    void bar_isAsLongAsItSays() {
        CityMap map = map(place("case", 31.3, 120.7), place("unit", 31.3, 120.8));
        // 0.1 degree of longitude at this latitude.
        double metres = 9_512;
        double pixels = spot(map, "unit").x() - spot(map, "case").x();
        assertThat(map.bar()).hasValueSatisfying(bar -> {
            double said = Double.parseDouble(bar.text().replace(" km", "")) * 1000;
            assertThat(bar.length() / pixels * metres).isBetween(said * 0.98, said * 1.02);
        });
    }

    @Test
    void labels_doNotOverlap_theLessImportantOnesAreLeftOut() {
        CityMap map = CityMap.of(
                List.copyOf(Collections.nCopies(30, place("case", 31.3, 120.7))), List.of(), Optional.empty());
        assertThat(map.spots()).filteredOn(spot -> !spot.label().isEmpty()).hasSizeBetween(1, 6);
    }

    @Test
    void nothing_isAnEmptyMap() {
        assertThat(CityMap.of(List.of(), List.of(), Optional.empty()).isEmpty()).isTrue();
    }

    @Test
    void tiles_coverThePicture() {
        CityMap map = CityMap.of(
                List.of(place("case", 31.3, 120.7)),
                List.of(),
                Optional.of(MapTiles.of("https://tiles.example/{z}/{x}/{y}.png")));
        assertThat(map.tiles())
                .first()
                .satisfies(tile -> assertThat(tile.address()).startsWith("https://tiles.example/15/"));
        assertThat(map.tiles()).anySatisfy(tile -> {
            assertThat(tile.x()).isLessThanOrEqualTo(0);
            assertThat(tile.y()).isLessThanOrEqualTo(0);
        });
        assertThat(map.tiles())
                .anySatisfy(tile -> assertThat(tile.x() + tile.size()).isGreaterThanOrEqualTo(CityMap.WIDTH));
    }

    private static CityMap map(Place... places) {
        return CityMap.of(List.of(places), List.of(), Optional.empty());
    }

    private static Place place(String kind, double latitude, double longitude) {
        return new Place(kind, new Position(latitude, longitude), "名称 " + kind, "title", "");
    }

    private static Spot spot(CityMap map, String kind) {
        return map.spots().stream()
                .filter(spot -> spot.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
