package io.tean.dashboards.figures;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Months of made-up rescues of a made-up city: as SQL for the database, and as values of which the figures are computed once more, by
 * other words than the queries'.
 */
final class RescuedMonths {
    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    static final List<String> DIVISIONS = List.of("371302", "371311", "371321");
    static final List<String> FIRMS = List.of("91371300FIGURESA00", "91371300FIGURESB00");
    private static final List<String> PLACES = List.of("RESIDENTIAL", "SHOP", "HOSPITAL", "");
    private static final List<String> ORIGINS = List.of("TELEMETRY", "CAR_BUTTON", "CALL");
    private static final List<String> OUTCOMES =
            List.of("RELEASED", "RELEASED", "RELEASED", "SELF_RELEASED", "FALSE_ALARM", "");
    private static final List<String> CAUSES = List.of("EXTERNAL", "HUMAN", "DOOR_SYSTEM", "");

    /**
     * A machine.
     *
     * @param firm its contract's; blank for none
     * @param moved the day on which the other firm took over, if ever
     */
    record Lift(int number, String category, String division, String place, String firm, Optional<LocalDate> moved) {
        String code() {
            return "ELV-%04d".formatted(number);
        }

        String firmOn(LocalDate day) {
            return moved.filter(from -> !day.isBefore(from))
                    .map(ignored -> firm.equals(FIRMS.getFirst()) ? FIRMS.getLast() : FIRMS.getFirst())
                    .orElse(firm);
        }
    }

    /** A case; blank texts and empty moments are what is not known. */
    record Rescue(
            Optional<Lift> lift,
            String division,
            String origin,
            String outcome,
            int level,
            String cause,
            Optional<Integer> trapped,
            Optional<Integer> released,
            Moments moments,
            boolean accident) {
        LocalDate day() {
            return moments.opened().atZone(CHINA).toLocalDate();
        }

        int hour() {
            return moments.opened().atZone(CHINA).getHour();
        }

        String firm() {
            return lift.map(machine -> machine.firmOn(day())).orElse("");
        }

        String place() {
            return lift.map(Lift::place).orElse("");
        }
    }

    record Moments(
            Instant opened,
            Optional<Instant> dispatched,
            Optional<Instant> answered,
            Optional<Instant> arrived,
            Optional<Instant> released,
            Optional<Instant> arriveBy) {}

    private final Random random;
    private final List<Lift> lifts = new ArrayList<>();
    private final List<Rescue> rescues = new ArrayList<>();

    RescuedMonths(long seed, LocalDate from, LocalDate to, int machines, int cases) {
        random = new Random(seed);
        for (int i = 0; i < machines; i++) {
            Optional<LocalDate> moved =
                    random.nextInt(5) == 0 ? Optional.of(from.plusDays(random.nextInt(28))) : Optional.empty();
            String firm = random.nextInt(8) == 0 ? "" : pick(FIRMS);
            lifts.add(new Lift(
                    i,
                    random.nextInt(10) == 0 ? "boiler" : "elevator",
                    pick(DIVISIONS),
                    pick(PLACES),
                    firm,
                    firm.isEmpty() ? Optional.empty() : moved));
        }
        Instant first = from.atStartOfDay(CHINA).toInstant();
        long seconds = Duration.between(
                        first, to.plusDays(1).atStartOfDay(CHINA).toInstant())
                .toSeconds();
        for (int i = 0; i < cases; i++) {
            rescues.add(rescue(first.plusSeconds((long) (random.nextDouble() * seconds))));
        }
    }

    private Rescue rescue(Instant opened) {
        Optional<Lift> lift =
                random.nextInt(12) == 0 ? Optional.empty() : Optional.of(lifts.get(random.nextInt(lifts.size())));
        String outcome = pick(OUTCOMES);
        int level = random.nextInt(10) == 0 ? 0 : 1 + Math.max(0, random.nextInt(6) - 3);
        Optional<Instant> dispatched =
                level == 0 ? Optional.empty() : Optional.of(opened.plusSeconds(random.nextInt(30)));
        // Also exactly on the bounds.
        Optional<Instant> answered = dispatched
                .filter(any -> random.nextInt(6) > 0)
                .map(at -> at.plusSeconds(random.nextInt(4) == 0 ? 180 : random.nextInt(420)));
        Optional<Instant> arrived = answered.filter(any -> random.nextInt(6) > 0)
                .map(at ->
                        random.nextInt(8) == 0 ? opened.plusSeconds(1800) : at.plusSeconds(60 + random.nextInt(3000)));
        Instant last = arrived.or(() -> answered).orElse(opened);
        Optional<Instant> released =
                outcome.isEmpty() ? Optional.empty() : Optional.of(last.plusSeconds(30 + random.nextInt(3600)));
        return new Rescue(
                lift,
                lift.map(Lift::division).orElse(random.nextBoolean() ? pick(DIVISIONS) : ""),
                pick(ORIGINS),
                outcome,
                level,
                pick(CAUSES),
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(random.nextInt(4)),
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(random.nextInt(4)),
                new Moments(
                        opened,
                        dispatched,
                        answered,
                        arrived,
                        released,
                        random.nextInt(4) == 0
                                ? Optional.empty()
                                : Optional.of(opened.plusSeconds(random.nextBoolean() ? 1800 : 3600))),
                random.nextInt(15) == 0);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    List<Rescue> rescues() {
        return List.copyOf(rescues);
    }

    List<Lift> elevators() {
        return lifts.stream().filter(lift -> lift.category().equals("elevator")).toList();
    }

    /** All of it, for an empty database. */
    String sql() {
        String machines = lifts.stream()
                .map(lift -> "('%s', '%s', '%s', '%s', %s)"
                        .formatted(lift.code(), lift.category(), lift.code(), lift.division(), text(lift.place())))
                .collect(Collectors.joining(","));
        String contracts = lifts.stream()
                .filter(lift -> !lift.firm().isEmpty())
                .map(lift -> contract(
                                lift,
                                "C-1",
                                lift.firm(),
                                "2020-01-01",
                                lift.moved().map(LocalDate::toString).orElse("infinity"))
                        + lift.moved()
                                .map(day -> "," + contract(lift, "C-2", lift.firmOn(day), day.toString(), "infinity"))
                                .orElse(""))
                .collect(Collectors.joining(","));
        return """
                INSERT INTO organisation (credit_code, kind, name, division_code) VALUES
                    ('%s', 'MAINTENANCE_FIRM', '沂河电梯维保', '371302'), ('%s', 'MAINTENANCE_FIRM', 'Bright Lifts', '371311');
                INSERT INTO equipment (code, category, name, division_code, place_kind) VALUES %s;
                DELETE FROM equipment_state;
                INSERT INTO equipment_state (equipment_id, state, from_on) SELECT equipment_id, 'IN_USE', '2020-01-01' FROM equipment;
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                SELECT c.no, e.equipment_id, o.organisation_id, c.from_on::date, c.until_on::date
                FROM (VALUES %s) AS c (no, code, firm, from_on, until_on)
                JOIN equipment e ON e.code = c.code JOIN organisation o ON o.credit_code = c.firm;
                """.formatted(FIRMS.getFirst(), FIRMS.getLast(), machines, contracts) + cases();
    }

    private static String contract(Lift lift, String number, String firm, String from, String until) {
        return "('%s', '%s', '%s', '%s', '%s')".formatted(number, lift.code(), firm, from, until);
    }

    private String cases() {
        return rescues.stream().map(RescuedMonths::row).collect(Collectors.joining(",", """
                DROP INDEX rescue_case_one_live;
                INSERT INTO rescue_case (equipment_id, place, division_code, origin, outcome, state, next_due_at, next_due, level, cause,
                    trapped_count, released_count, occurred_at, opened_at, dispatched_at, answered_at, arrived_at, released_at, arrive_by,
                    accident_marked_at) VALUES
                """, ""));
    }

    private static String row(Rescue rescue) {
        Moments at = rescue.moments();
        boolean over = at.released().isPresent();
        return "("
                + String.join(
                        ", ",
                        rescue.lift()
                                .map(lift -> "(SELECT equipment_id FROM equipment WHERE code = '" + lift.code() + "')")
                                .orElse("NULL"),
                        "'somewhere'",
                        "'" + rescue.division() + "'",
                        text(rescue.origin()),
                        text(rescue.outcome()),
                        over ? "'RELEASED'" : "'TAKEN_IN'",
                        "NULL",
                        "NULL",
                        Integer.toString(rescue.level()),
                        text(rescue.cause()),
                        rescue.trapped().map(Object::toString).orElse("NULL"),
                        rescue.released().map(Object::toString).orElse("NULL"),
                        moment(Optional.of(at.opened())),
                        moment(Optional.of(at.opened())),
                        moment(at.dispatched()),
                        moment(at.answered()),
                        moment(at.arrived()),
                        moment(at.released()),
                        moment(at.arriveBy()),
                        rescue.accident() ? moment(Optional.of(at.opened().plusSeconds(7200))) : "NULL")
                + ")";
    }

    private static String text(String value) {
        return value.isEmpty() ? "NULL" : "'" + value + "'";
    }

    private static String moment(Optional<Instant> at) {
        return at.map(moment -> "'" + moment + "'::timestamptz").orElse("NULL");
    }

    /** By what the figures are told apart, as the API names it. */
    static Function<Rescue, String> key(String by) {
        Function<Rescue, String> value = switch (by) {
            case "division" -> Rescue::division;
            case "firm" -> Rescue::firm;
            case "place-kind" -> Rescue::place;
            case "hour" -> rescue -> Integer.toString(rescue.hour());
            case "cause" -> Rescue::cause;
            default -> throw new IllegalArgumentException(by);
        };
        return rescue -> value.apply(rescue).isEmpty() ? "none" : value.apply(rescue);
    }
}
