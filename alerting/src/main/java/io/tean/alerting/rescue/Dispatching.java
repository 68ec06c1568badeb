package io.tean.alerting.rescue;

import io.tean.core.rescue.CaseLifecycle;
import io.tean.core.rescue.RescueDecisions.Candidate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is called at which level: the firm of the contract, the nearest rescue station on duty, the fire brigade. */
final class Dispatching {
    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final double EARTH_METRES = 6_371_000;
    /** How many of the stations that were considered are kept with the choice. */
    private static final int KEPT = 10;

    private Dispatching() {}

    /** What the choice is made for. */
    record Asked(OptionalInt equipmentId, String division, Instant now, Limits.Limit limit, Collection<Call> calls) {}

    sealed interface Choice {}

    /** @param why everything that was considered, for the row's choice column */
    record Unit(OptionalInt organisationId, int level, String name, String telephone, Map<String, Object> why)
            implements Choice {}

    /** @param reason a word, see rescue_dispatch.reason */
    record Nobody(String reason, String name, Map<String, Object> why) implements Choice {}

    private record Organisation(int id, String name, String telephone, boolean reachable) {}

    private record Station(
            Organisation organisation,
            OptionalInt distanceMetres,
            boolean sameDivision,
            String dutyHours,
            boolean onDuty,
            int openCases) {
        boolean near() {
            return distanceMetres.isPresent() || sameDivision;
        }

        /** Those whose distance is known first; of the others only open cases count. */
        long cost(int busyMetres) {
            return (distanceMetres.isPresent() ? distanceMetres.getAsInt() : (long) Integer.MAX_VALUE)
                    + (long) busyMetres * openCases;
        }
    }

    static Choice choose(Connection transaction, Asked asked, int level) throws SQLException {
        return switch (level) {
            case 1 -> chooseFirm(transaction, asked);
            case 2 -> chooseStation(transaction, asked);
            default -> chooseFireBrigade(asked);
        };
    }

    private static Choice chooseFirm(Connection transaction, Asked asked) throws SQLException {
        if (asked.equipmentId.isEmpty()) {
            return new Nobody("no-machine", "", Map.of());
        }
        Optional<Organisation> firm = firm(transaction, asked.equipmentId.getAsInt(), asked.now);
        if (firm.isEmpty()) {
            return new Nobody("no-contract", "", Map.of());
        }
        Organisation one = firm.get();
        if (!one.reachable) {
            return new Nobody("no-contact", one.name, Map.of());
        }
        return called(asked).contains(one.id)
                ? new Nobody("called-already", one.name, Map.of())
                : new Unit(OptionalInt.of(one.id), 1, one.name, one.telephone, Map.of());
    }

    private static Choice chooseStation(Connection transaction, Asked asked) throws SQLException {
        List<Station> stations = stations(transaction, asked);
        // Who was asked in this case already, and could not or did not answer, is not asked again by itself.
        Set<Integer> before = askedBefore(asked);
        Optional<Station> best = stations.stream()
                .filter(station -> whyNot(station, before).isEmpty())
                .findFirst();
        Map<String, Object> why = new LinkedHashMap<>();
        best.ifPresent(station -> {
            station.distanceMetres.ifPresent(metres -> why.put("distance_m", metres));
            why.put("duty_hours", station.dutyHours);
            why.put("open_cases", station.openCases);
        });
        why.put(
                "considered",
                stations.stream()
                        .limit(KEPT)
                        .map(station -> considered(station, before))
                        .toList());
        return best.<Choice>map(station -> new Unit(
                        OptionalInt.of(station.organisation.id),
                        2,
                        station.organisation.name,
                        station.organisation.telephone,
                        why))
                .orElseGet(() -> new Nobody("no-station", "", why));
    }

    private static Map<String, Object> considered(Station station, Set<Integer> askedBefore) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("unit", station.organisation.name);
        station.distanceMetres.ifPresent(metres -> words.put("distance_m", metres));
        words.put("on_duty", station.onDuty);
        words.put("open_cases", station.openCases);
        words.put("why_not", whyNot(station, askedBefore));
        return words;
    }

    private static String whyNot(Station station, Set<Integer> askedBefore) {
        if (askedBefore.contains(station.organisation.id)) {
            return "asked-already";
        }
        if (!station.onDuty) {
            return "off-duty";
        }
        if (!station.organisation.reachable) {
            return "no-contact";
        }
        return station.near() ? "" : "no-distance";
    }

    private static Choice chooseFireBrigade(Asked asked) {
        if (asked.limit.fireTelephone().isBlank()) {
            return new Nobody("no-contact", asked.limit.fireBrigade(), Map.of());
        }
        return isFireBrigadeCalled(asked)
                ? new Nobody("called-already", asked.limit.fireBrigade(), Map.of())
                : fireBrigade(asked.limit);
    }

    static Unit fireBrigade(Limits.Limit limit) {
        return new Unit(
                OptionalInt.empty(), CaseLifecycle.LAST_LEVEL, limit.fireBrigade(), limit.fireTelephone(), Map.of());
    }

    /** A unit that somebody names: a firm or a station. */
    static Optional<Unit> byHand(Connection transaction, Asked asked, int organisationId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("SELECT " + COLUMNS + """
                        FROM organisation o
                        WHERE o.organisation_id = ? AND o.kind IN ('MAINTENANCE_FIRM', 'RESCUE_STATION')
                        """)) {
            select.setInt(1, organisationId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Organisation one = read(row);
                boolean contracted = asked.equipmentId.isPresent()
                        && firm(transaction, asked.equipmentId.getAsInt(), asked.now)
                                .filter(firm -> firm.id == one.id)
                                .isPresent();
                return Optional.of(new Unit(
                        OptionalInt.of(one.id), contracted ? 1 : 2, one.name, one.telephone, Map.of("by_hand", true)));
            }
        }
    }

    /** Everybody who could be called, the best first in each level. */
    static List<Candidate> candidates(Connection connection, Asked asked) throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        Set<Integer> called = called(asked);
        if (asked.equipmentId.isPresent()) {
            firm(connection, asked.equipmentId.getAsInt(), asked.now)
                    .ifPresent(firm -> candidates.add(new Candidate(
                            OptionalInt.of(firm.id),
                            1,
                            firm.name,
                            firm.telephone,
                            OptionalInt.empty(),
                            true,
                            0,
                            whyNot(firm, called))));
        }
        for (Station station : stations(connection, asked)) {
            candidates.add(new Candidate(
                    OptionalInt.of(station.organisation.id),
                    2,
                    station.organisation.name,
                    station.organisation.telephone,
                    station.distanceMetres,
                    station.onDuty,
                    station.openCases,
                    whyNot(station.organisation, called)));
        }
        candidates.add(new Candidate(
                OptionalInt.empty(),
                CaseLifecycle.LAST_LEVEL,
                asked.limit.fireBrigade(),
                asked.limit.fireTelephone(),
                OptionalInt.empty(),
                true,
                0,
                isFireBrigadeCalled(asked) ? "called-already" : ""));
        return candidates;
    }

    private static String whyNot(Organisation unit, Set<Integer> called) {
        if (called.contains(unit.id)) {
            return "called-already";
        }
        return unit.reachable ? "" : "no-contact";
    }

    private static final String COLUMNS = """
            o.organisation_id, o.name, coalesce(o.telephone, ''),
            coalesce(o.telephone, '') <> '' OR EXISTS (SELECT FROM recipient r
                WHERE r.organisation_id = o.organisation_id AND r.active AND r.duty IN ('RESCUE', 'OFFICE') AND r.addresses <> '[]')
            """;

    private static Organisation read(ResultSet row) throws SQLException {
        return new Organisation(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4));
    }

    private static Optional<Organisation> firm(Connection connection, int equipmentId, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                        FROM contract c JOIN organisation o ON o.organisation_id = c.firm_id,
                            LATERAL (SELECT (?::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS day) today
                        WHERE c.equipment_id = ? AND c.from_on <= today.day AND c.until_on > today.day
                        ORDER BY c.from_on DESC, c.contract_id DESC LIMIT 1
                        """)) {
            CaseRows.set(select, 1, Optional.of(now));
            select.setInt(2, equipmentId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** The best first, whether they are on duty or not. */
    private static List<Station> stations(Connection connection, Asked asked) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                        , o.latitude, o.longitude, e.latitude, e.longitude, coalesce(o.division_code = ?, false), coalesce(o.duty_hours, ''),
                            (SELECT count(DISTINCT d.case_id) FROM rescue_dispatch d
                             WHERE d.organisation_id = o.organisation_id AND d.state IN ('CALLED', 'ANSWERED', 'ON_THE_WAY', 'ARRIVED'))
                        FROM organisation o LEFT JOIN equipment e ON e.equipment_id = ?
                        WHERE o.kind = 'RESCUE_STATION'
                        """)) {
            select.setString(1, asked.division);
            CaseRows.set(select, 2, asked.equipmentId);
            try (ResultSet row = select.executeQuery()) {
                List<Station> stations = new ArrayList<>();
                while (row.next()) {
                    String hours = row.getString(10);
                    stations.add(new Station(
                            read(row),
                            distance(row, 5),
                            row.getBoolean(9),
                            hours,
                            isOnDuty(hours, asked.now),
                            row.getInt(11)));
                }
                stations.sort(Comparator.comparing((Station station) -> !station.near())
                        .thenComparingLong(station -> station.cost(asked.limit.busyMetres()))
                        .thenComparingInt(station -> station.organisation.id));
                return stations;
            }
        }
    }

    /** Between two points whose four coordinates stand from a column on; none when one is missing. */
    private static OptionalInt distance(ResultSet row, int column) throws SQLException {
        double[] degrees = new double[4];
        for (int i = 0; i < 4; i++) {
            Double one = row.getObject(column + i, Double.class);
            if (one == null) {
                return OptionalInt.empty();
            }
            degrees[i] = one;
        }
        return OptionalInt.of(metres(degrees[0], degrees[1], degrees[2], degrees[3]));
    }

    /** Along the great circle. */
    static int metres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double half = Math.sin(Math.toRadians(otherLatitude - latitude) / 2);
        double side = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
        double chord = half * half
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude)) * side * side;
        return (int) Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))));
    }

    /**
     * Whether a station is on duty; without hours it is always.
     *
     * @param hours such as 08:00-20:00 or 20:00-08:00, China time
     */
    static boolean isOnDuty(String hours, Instant now) {
        if (hours.isEmpty()) {
            return true;
        }
        LocalTime time = LocalTime.ofInstant(now, CHINA);
        LocalTime from = LocalTime.parse(hours.substring(0, 5));
        boolean untilMidnight = hours.endsWith("24:00");
        LocalTime until = untilMidnight ? LocalTime.MAX : LocalTime.parse(hours.substring(6));
        boolean begun = !time.isBefore(from);
        boolean going = untilMidnight || time.isBefore(until);
        return from.isBefore(until) ? begun && going : begun || going;
    }

    private static Set<Integer> called(Asked asked) {
        return organisations(
                asked.calls.stream().filter(call -> call.state().active()).toList());
    }

    private static Set<Integer> askedBefore(Asked asked) {
        return organisations(asked.calls);
    }

    private static Set<Integer> organisations(Collection<Call> calls) {
        return calls.stream()
                .flatMap(call -> call.organisationId().stream().boxed())
                .collect(Collectors.toSet());
    }

    private static boolean isFireBrigadeCalled(Asked asked) {
        return asked.calls.stream()
                .anyMatch(call -> call.state().active() && call.organisationId().isEmpty());
    }
}
