package io.tean.simulators.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.simulators.signal.DayRhythm;
import io.tean.simulators.signal.Dice;
import io.tean.simulators.signal.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The people who look after one elevator. Their calendar is fixed by the seed, not by the run: about every thirteen days a visit
 * in working hours, each sixth of them quarterly, each twelfth half-yearly, each twenty-fourth yearly.
 */
public final class MaintenanceCrew implements Machine {
    private static final int DAYS_BETWEEN_VISITS = 13;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final ElevatorTraits traits;
    private final Elevator elevator;
    private final StreamDeclaration stream;
    private final int phaseDays;
    private final Signs signs = new Signs();
    private Visit visit;
    private boolean onSite;
    private boolean staysAway;

    /** One visit; the number counts calendar slots since 1970. */
    private record Visit(long number, Instant checkIn, Instant checkOut, String level) {}

    /**
     * @param onSiteAtStart whether they are about to finish a call-out when the run starts, so that a short demonstration sees a
     *     visit
     */
    public MaintenanceCrew(
            ElevatorTraits traits, Elevator elevator, StreamCatalogue catalogue, Instant start, boolean onSiteAtStart) {
        this.traits = traits;
        this.elevator = elevator;
        this.stream = catalogue.stream("maintenance-visit").orElseThrow();
        this.phaseDays = Dice.of(traits.seed(), "calendar").whole(0, DAYS_BETWEEN_VISITS - 1);
        if (onSiteAtStart) {
            Dice dice = Dice.of(traits.seed(), "call-out " + start.toEpochMilli());
            Instant checkOut = start.plusMillis(dice.whole(90_000, 300_000));
            this.visit = new Visit(slotOf(start), start, checkOut, "call_out_repair");
        } else {
            this.visit = firstAfter(start);
        }
    }

    private long slotOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() / 86_400 - phaseDays, DAYS_BETWEEN_VISITS);
    }

    private Visit firstAfter(Instant instant) {
        long number = slotOf(instant) - 1;
        Visit next = planned(number);
        while (!next.checkIn().isAfter(instant)) {
            next = planned(++number);
        }
        return next;
    }

    private Visit planned(long number) {
        Dice dice = Dice.of(traits.seed(), "visit " + number);
        long day = number * DAYS_BETWEEN_VISITS + phaseDays + dice.whole(-1, 0);
        Instant checkIn = LocalDate.ofEpochDay(day)
                .atTime(8, 0)
                .atZone(DayRhythm.ZONE)
                .toInstant()
                .plusMillis(dice.whole(0, (int) Duration.ofHours(8).toMillis()));
        String level =
                number % 24 == 0 ? "year" : number % 12 == 0 ? "half_year" : number % 6 == 0 ? "quarter" : "half_month";
        int minutes = level.equals("half_month") ? dice.whole(32, 55) : dice.whole(55, 110);
        return new Visit(number, checkIn, checkIn.plusSeconds(60L * minutes + dice.whole(0, 59)), level);
    }

    @Override
    public String code() {
        return traits.identity().code();
    }

    @Override
    public Instant next() {
        return onSite ? visit.checkOut() : visit.checkIn();
    }

    @Override
    public void act(Instant now, Outlet out) {
        if (onSite) {
            onSite = false;
            elevator.takeBack(now);
            out.put(new Message(visit.checkOut(), code(), record(), true));
            visit = firstAfter(now);
        } else if (staysAway) {
            visit = firstAfter(now);
        } else {
            onSite = true;
            elevator.handToCrew();
        }
    }

    private Payload record() {
        Dice dice = Dice.of(traits.seed(), "record " + visit.checkOut().toEpochMilli());
        boolean callOut = visit.level().equals("call_out_repair");
        String code = code();
        String number = "WB-"
                + visit.checkOut().atZone(DayRhythm.ZONE).format(DAY)
                + "-"
                + code.substring(Math.max(0, code.length() - 9))
                + "-"
                + visit.checkOut().getEpochSecond() % 86_400;
        // A call-out at the start of a run began before it.
        Instant checkIn = callOut ? visit.checkOut().minusSeconds(dice.whole(1800, 4200)) : visit.checkIn();
        List<String> photos = new ArrayList<>();
        for (int i = 0; i < dice.whole(4, 7); i++) {
            photos.add(sha256(number + "/" + i));
        }
        List<String> items = items();
        List<String> failed = dice.chance(0.08) && !items.isEmpty() ? List.of(dice.pick(items)) : List.of();
        String firm = traits.upkeep().firmCode();
        String team = firm.substring(Math.max(0, firm.length() - 4));
        int first = dice.whole(1, 20);
        var payload = new Payload(stream)
                .set("visit_no", number)
                .set("level", visit.level())
                .set("firm_code", firm)
                .set(
                        "workers",
                        List.of("SIM-T-%s-%02d".formatted(team, first), "SIM-T-%s-%02d".formatted(team, first + 1)))
                .set("check_in_at", checkIn.toEpochMilli())
                .set("check_out_at", visit.checkOut().toEpochMilli())
                .set("scanned", dice.chance(0.97))
                .set("latitude", traits.upkeep().latitude() + dice.normal(0, 0.00008), 6)
                .set("longitude", traits.upkeep().longitude() + dice.normal(0, 0.00008), 6)
                .set("photo_count", photos.size())
                .set("photos_sha256", photos)
                .set("items", items)
                .set("failed_items", failed);
        if (!callOut) {
            payload.set("kind", "fixed_cycle");
        }
        if (dice.chance(0.6)) {
            payload.set(
                    "use_unit_confirmed_at",
                    visit.checkOut().minusSeconds(dice.whole(60, 600)).toEpochMilli());
        }
        return payload;
    }

    /** The lists of annex A add up: a higher level does the lower ones as well. */
    private List<String> items() {
        int lists = switch (visit.level()) {
            case "half_month" -> 1;
            case "quarter" -> 2;
            case "half_year" -> 3;
            case "year" -> 4;
            default -> 0;
        };
        int[] lengths = {31, 13, 15, 17};
        List<String> items = new ArrayList<>();
        for (int list = 0; list < lists; list++) {
            for (int item = 1; item <= lengths[list]; item++) {
                items.add("A-" + (list + 1) + "-" + item);
            }
        }
        return items;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void begin(Fault fault, Instant now) {
        signs.watch();
        if (fault == Fault.MISSED_VISIT) {
            staysAway = true;
            // What a dispatcher should come to see: the day on which the missed visit was due.
            Visit missed = onSite ? planned(visit.number() + 1) : visit;
            signs.note("maintenance-visit", "visit_no", "missing", missed.checkOut());
        }
    }

    @Override
    public void end(Fault fault, Instant now) {
        signs.rest();
        staysAway = false;
    }

    @Override
    public List<Sign> signs() {
        return signs.all();
    }
}
