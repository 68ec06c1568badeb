package io.tean.dashboards.rescue;

import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.screen.MapTiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A map of cases, units, stations and divisions as a picture of {@value #WIDTH} by {@value #HEIGHT}, in Web Mercator so that tiles fit below it.
 *
 * @param bar of the scale; none on an empty map
 */
public record CityMap(List<Spot> spots, List<Way> ways, List<Tile> tiles, Optional<Bar> bar) {
    public static final int WIDTH = 560;
    public static final int HEIGHT = 360;

    private static final int MARGIN = 44;
    private static final int TILE = 256;
    /** Of a single place: some streets around it. */
    private static final double NEAREST = 15.5;

    private static final double FARTHEST = 3;
    private static final int LABEL_HEIGHT = 15;
    private static final double METRES_PER_PIXEL = 156_543.034;
    private static final double LONGEST_BAR = 110;

    public CityMap {
        spots = List.copyOf(spots);
        ways = List.copyOf(ways);
        tiles = List.copyOf(tiles);
    }

    /**
     * What is to be shown.
     *
     * @param kind case, unit, station, or what a division is drawn as
     * @param label short, stands beside it where there is room
     * @param title the whole
     * @param address of its page; empty for none
     */
    public record Place(String kind, Position position, String label, String title, String address) {}

    /** A place in the picture; the label is empty where there was no room. */
    public record Spot(
            String kind,
            double x,
            double y,
            String title,
            String address,
            String label,
            double labelX,
            double labelY,
            boolean before) {}

    /** From a unit to its case. */
    public record Way(double x1, double y1, double x2, double y2) {}

    public record Tile(String address, double x, double y, double size) {}

    public record Bar(double length, String text) {}

    private record Box(double x, double y, double width, double height) {
        boolean meets(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        boolean inside() {
            return x >= 2 && y >= 2 && x + width <= WIDTH - 2 && y + height <= HEIGHT - 2;
        }
    }

    /** The part of the world that is shown, at a zoom that need not be whole. */
    private record View(double zoom, double left, double top) {
        double x(Position position) {
            return worldX(position) * scale() - left;
        }

        double y(Position position) {
            return worldY(position) * scale() - top;
        }

        double scale() {
            return TILE * Math.pow(2, zoom);
        }
    }

    public boolean isEmpty() {
        return spots.isEmpty();
    }

    /** A coordinate as SVG takes it, whatever the language. */
    public static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    /** @param pairs each a unit and the case that it was called to */
    public static CityMap of(List<Place> places, List<List<Position>> pairs, Optional<MapTiles> tiles) {
        if (places.isEmpty()) {
            return new CityMap(List.of(), List.of(), List.of(), Optional.empty());
        }
        View view = view(places.stream().map(Place::position).toList());
        List<Way> ways = pairs.stream()
                .map(pair -> new Way(
                        view.x(pair.getFirst()),
                        view.y(pair.getFirst()),
                        view.x(pair.getLast()),
                        view.y(pair.getLast())))
                .toList();
        return new CityMap(
                spots(places, view),
                ways,
                tiles.map(from -> tiles(from, view)).orElse(List.of()),
                Optional.of(bar(places.getFirst().position().latitude(), view)));
    }

    private static View view(List<Position> positions) {
        double west = positions.stream().mapToDouble(CityMap::worldX).min().orElse(0);
        double east = positions.stream().mapToDouble(CityMap::worldX).max().orElse(1);
        double north = positions.stream().mapToDouble(CityMap::worldY).min().orElse(0);
        double south = positions.stream().mapToDouble(CityMap::worldY).max().orElse(1);
        double across = Math.max(east - west, 1e-9);
        double down = Math.max(south - north, 1e-9);
        double fits = Math.min((WIDTH - 2.0 * MARGIN) / across, (HEIGHT - 2.0 * MARGIN) / down);
        double zoom = Math.clamp(Math.log(fits / TILE) / Math.log(2), FARTHEST, NEAREST);
        double scale = TILE * Math.pow(2, zoom);
        return new View(zoom, (west + east) / 2 * scale - WIDTH / 2.0, (north + south) / 2 * scale - HEIGHT / 2.0);
    }

    private static List<Spot> spots(List<Place> places, View view) {
        List<Box> taken = new ArrayList<>();
        places.forEach(place -> taken.add(new Box(view.x(place.position()) - 6, view.y(place.position()) - 6, 12, 12)));
        // What matters most finds room first, and is drawn last, above the others.
        List<Place> ranked =
                places.stream().sorted(Comparator.comparingInt(CityMap::rank)).toList();
        List<Spot> spots = new ArrayList<>();
        for (Place place : ranked) {
            spots.addFirst(spot(place, view.x(place.position()), view.y(place.position()), taken));
        }
        return spots;
    }

    private static int rank(Place place) {
        return switch (place.kind()) {
            case "case" -> 0;
            case "unit" -> 1;
            case "station" -> 2;
            default -> 3;
        };
    }

    private static Spot spot(Place place, double x, double y, List<Box> taken) {
        double width = width(place.label());
        for (boolean before : new boolean[] {false, true}) {
            for (double up : new double[] {5, -8, 18}) {
                double left = before ? x - 10 - width : x + 10;
                Box box = new Box(left, y + up - LABEL_HEIGHT + 3, width, LABEL_HEIGHT);
                if (box.inside() && taken.stream().noneMatch(box::meets)) {
                    taken.add(box);
                    return new Spot(
                            place.kind(),
                            x,
                            y,
                            place.title(),
                            place.address(),
                            place.label(),
                            before ? x - 10 : left,
                            y + up,
                            before);
                }
            }
        }
        return new Spot(place.kind(), x, y, place.title(), place.address(), "", 0, 0, false);
    }

    /** Han characters are about twice as wide as others. */
    private static double width(String label) {
        return label.codePoints().mapToDouble(c -> c > 0x2e80 ? 13.5 : 8).sum() + 2;
    }

    private static List<Tile> tiles(MapTiles from, View view) {
        int zoom = (int) Math.floor(view.zoom());
        double size = TILE * Math.pow(2, view.zoom() - zoom);
        int most = (1 << zoom) - 1;
        List<Tile> tiles = new ArrayList<>();
        for (int x = (int) Math.floor(view.left() / size); x * size < view.left() + WIDTH; x++) {
            for (int y = (int) Math.floor(view.top() / size); y * size < view.top() + HEIGHT; y++) {
                if (x >= 0 && y >= 0 && x <= most && y <= most) {
                    tiles.add(new Tile(from.address(zoom, x, y), x * size - view.left(), y * size - view.top(), size));
                }
            }
        }
        return tiles;
    }

    private static Bar bar(double latitude, View view) {
        double metres = METRES_PER_PIXEL * Math.cos(Math.toRadians(latitude)) / Math.pow(2, view.zoom());
        double power = Math.pow(10, Math.floor(Math.log10(metres * LONGEST_BAR)));
        double most = metres * LONGEST_BAR / power;
        double length = (most >= 5 ? 5 : most >= 2 ? 2 : 1) * power;
        String text = length >= 1000 ? Math.round(length / 1000) + " km" : Math.round(length) + " m";
        return new Bar(length / metres, text);
    }

    private static double worldX(Position position) {
        return (position.longitude() + 180) / 360;
    }

    private static double worldY(Position position) {
        double sine = Math.clamp(Math.sin(Math.toRadians(position.latitude())), -0.9999, 0.9999);
        return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
}
