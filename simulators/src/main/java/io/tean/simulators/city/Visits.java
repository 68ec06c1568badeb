package io.tean.simulators.city;

import io.tean.simulators.city.Visit.Level;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the visits, each with the evidence that its crew left, and the truth about those that are suspect. */
final class Visits {
    private static final int[] TRACTION = {31, 13, 15, 17};
    private static final int[] ESCALATOR = {33, 5, 12, 13};
    private static final Map<Level, String> TRACTION_ITEMS = items("A", TRACTION);
    private static final Map<Level, String> ESCALATOR_ITEMS = items("D", ESCALATOR);
    private static final int MISSING_ITEMS = 9;
    private static final HexFormat HEX = HexFormat.of();
    /** Some 3 km. */
    private static final double FAR = 0.03;

    private static final double NEAR = 0.0003;

    private final long seed;
    private final List<Crew> crews;
    private final Sheet sheet;
    private final Truth truth;
    private final Set<String> abroad = new HashSet<>();

    Visits(long seed, List<Crew> crews, Sheet sheet, Truth truth) {
        this.seed = seed;
        this.crews = crews;
        this.sheet = sheet;
        this.truth = truth;
    }

    private static Map<Level, String> items(String annex, int[] lengths) {
        Map<Level, String> items = new EnumMap<>(Level.class);
        List<String> all = new ArrayList<>();
        int list = 1;
        for (Level level : Level.values()) {
            for (int item = 1; item <= lengths[list - 1]; item++) {
                all.add(annex + "-" + list + "-" + item);
            }
            items.put(level, String.join(";", all));
            list++;
        }
        return items;
    }

    /** @param twice the other machine at which its crew was at the same time, if any was; else the machine itself */
    void write(Lift lift, List<Visit> visits, Lift twice, boolean onDemand) {
        Dice dice = lift.dice(seed, "visits");
        for (Visit visit : visits) {
            Crew crew = visit.flaw() == Fate.NO_CONTRACT ? foreign(lift.crew(), visit.day()) : lift.crew();
            LocalDate day = LocalDate.ofEpochDay(visit.day());
            String number = number(lift, visit);
            int in = visit.hour() * 60 + dice.whole(0, 599);
            int out = in
                    + (visit.flaw() == Fate.TOO_SHORT
                            ? dice.whole(240, 540)
                            : visit.level() == Level.HALF_MONTH ? dice.whole(2100, 3300) : dice.whole(3000, 4200));
            double away = visit.flaw() == Fate.TOO_FAR ? FAR : 0;
            String items = (lift.isEscalator() ? ESCALATOR_ITEMS : TRACTION_ITEMS).getOrDefault(visit.level(), "");
            sheet.row(
                    number,
                    lift.code(),
                    crew.firm(),
                    visit.level(),
                    onDemand ? "ON_DEMAND" : "FIXED_CYCLE",
                    workers(crew, visit.flaw()),
                    time(day, in),
                    time(day, out),
                    dice.chance(0.97),
                    degrees(lift.latitude() + away + dice.between(-NEAR, NEAR)),
                    degrees(lift.longitude() + dice.between(-NEAR, NEAR)),
                    2,
                    photo(dice) + ";" + photo(dice),
                    visit.flaw() == Fate.ITEMS_MISSING ? withoutLast(items) : items,
                    dice.chance(0.03) ? items.substring(0, items.indexOf(';')) : "",
                    dice.chance(0.9) ? time(day, out + dice.whole(120, 3000)) : "");
            if (visit.flaw() != Fate.SOUND) {
                tell(lift, visit, crew, number, twice);
            }
        }
    }

    private void tell(Lift lift, Visit visit, Crew crew, String number, Lift twice) {
        List<Object> facts = new ArrayList<>(List.of(
                "check",
                visit.flaw() == Fate.WORKER_TWICE_TOO
                        ? Fate.WORKER_TWICE.word()
                        : visit.flaw().word(),
                "equipment_code",
                lift.code(),
                "firm",
                crew.firm(),
                "visit_no",
                number,
                "day",
                LocalDate.ofEpochDay(visit.day())));
        if (!twice.equals(lift)) {
            facts.addAll(List.of("other_equipment_code", twice.code(), "other_visit_no", number(twice, visit)));
        }
        truth.tell("suspect-visit", facts.toArray());
    }

    /** Unique on its machine: nobody comes twice within an hour. */
    private static String number(Lift lift, Visit visit) {
        LocalDate day = LocalDate.ofEpochDay(visit.day());
        boolean extra = visit.hour() != Crew.hour(lift.place());
        return "WB%04d%02d%02d-%04d%02d%s"
                .formatted(
                        day.getYear(),
                        day.getMonthValue(),
                        day.getDayOfMonth(),
                        lift.crew().number(),
                        lift.place(),
                        extra ? "X" : "");
    }

    private static String workers(Crew crew, Fate flaw) {
        return switch (flaw) {
            case ONE_WORKER -> crew.leader();
            case UNCERTIFIED_WORKER -> crew.leader() + ";" + People.stranger(crew.number());
            default -> crew.leader() + ";" + crew.mate();
        };
    }

    /** A crew of another firm that is not yet abroad on that evening. */
    private Crew foreign(Crew own, long day) {
        for (int i = 0; ; i++) {
            Crew crew = crews.get((own.number() + i) % crews.size());
            if (!crew.firm().equals(own.firm()) && abroad.add(crew.number() + " " + day)) {
                return crew;
            }
            if (i > 2 * crews.size()) {
                throw new IllegalStateException("no crew of another firm is free on the evening of day " + day);
            }
        }
    }

    private static String withoutLast(String items) {
        String fewer = items;
        for (int i = 0; i < MISSING_ITEMS; i++) {
            fewer = fewer.substring(0, fewer.lastIndexOf(';'));
        }
        return fewer;
    }

    private static String photo(Dice dice) {
        return HEX.toHexDigits(dice.any())
                + HEX.toHexDigits(dice.any())
                + HEX.toHexDigits(dice.any())
                + HEX.toHexDigits(dice.any());
    }

    /** Millions of moments: a formatter would cost more than all the rest. */
    private static String time(LocalDate day, int second) {
        var text = new StringBuilder(25);
        two(text, day.getYear() / 100);
        two(text, day.getYear() % 100);
        two(text.append('-'), day.getMonthValue());
        two(text.append('-'), day.getDayOfMonth());
        two(text.append('T'), second / 3600);
        two(text.append(':'), second / 60 % 60);
        two(text.append(':'), second % 60);
        return text.append("+08:00").toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static String degrees(double value) {
        long millionth = Math.round(value * 1e6);
        String fraction = Long.toString(1_000_000 + millionth % 1_000_000).substring(1);
        return millionth / 1_000_000 + "." + fraction;
    }
}
