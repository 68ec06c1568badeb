package io.tean.simulators.city;

import io.tean.simulators.city.CityOrganisations.Organisation;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.List;

/** People with certificates: the crews that are on the way, fillers and stokers, and some whose certificate has run out and who stay at home. */
final class People {
    static final int FLEET_WORKERS = 21;
    private static final List<String> FAMILY = List.of("王", "李", "张", "刘", "陈", "杨", "赵", "孙", "周", "徐", "朱", "高");
    private static final List<String> GIVEN =
            List.of("伟", "强", "磊", "军", "勇", "建国", "志刚", "海涛", "晓明", "文斌", "秀英", "丽", "敏", "静");
    private static final int YEARS = 4;
    private static final double EXPIRED = 0.02;

    private final long seed;
    private final LocalDate day;
    private final Sheet operators;
    private final Truth truth;
    private int expired;

    People(long seed, LocalDate day, Sheet operators, Truth truth) {
        this.seed = seed;
        this.day = day;
        this.operators = operators;
        this.truth = truth;
    }

    static String name(Dice dice) {
        return dice.pick(FAMILY) + dice.pick(GIVEN);
    }

    static String telephone(Dice dice) {
        return "1%d%04d%04d".formatted(dice.whole(30, 39), dice.whole(0, 9999), dice.whole(0, 9999));
    }

    /** The worker of a crew. */
    static String worker(int number) {
        return "T-371300-%06d".formatted(number);
    }

    /** Somebody that no register knows. */
    static String stranger(int number) {
        return "T-999999-%06d".formatted(number);
    }

    void crews(List<Crew> crews) {
        for (Crew crew : crews) {
            certified(crew.leader(), crew.firm(), "T");
            certified(crew.mate(), crew.firm(), "T");
        }
        for (Crew crew : crews) {
            maybeExpired("T-371399-%06d".formatted(crew.number()), crew.firm(), "T", 2);
        }
    }

    /** Those by whom the simulated crews of a fleet sign. */
    void fleetWorkers(List<String> firms) {
        for (String firm : firms) {
            for (int i = 1; i <= FLEET_WORKERS; i++) {
                certified("SIM-T-%s-%02d".formatted(firm.substring(firm.length() - 4), i), firm, "T");
            }
        }
    }

    /** @param item of TSG Z6001-2019 */
    void staff(List<Organisation> employers, int count, String item) {
        for (int i = 1; i <= count; i++) {
            String employer = employers.get(i % employers.size()).creditCode();
            certified("%s-371300-%06d".formatted(item, i), employer, item);
            maybeExpired("%s-371399-%06d".formatted(item, i), employer, item, 1);
        }
    }

    /** Valid through all of the city's history. */
    private void certified(String certificate, String organisation, String item) {
        Dice dice = Dice.of(seed, certificate);
        row(certificate, organisation, item, day.minusDays(dice.whole(780, 1300)), dice);
    }

    private void maybeExpired(String certificate, String organisation, String item, int persons) {
        Dice dice = Dice.of(seed, certificate);
        if (expired > 0 && !dice.chance(EXPIRED * persons)) {
            return;
        }
        expired++;
        LocalDate validFrom = day.minusYears(YEARS).minusDays(dice.whole(5, 300));
        row(certificate, organisation, item, validFrom, dice);
        truth.tell("certificate-expired", "certificate_no", certificate, "item", item, "valid_to", validTo(validFrom));
    }

    private static LocalDate validTo(LocalDate validFrom) {
        return validFrom.plusYears(YEARS).minusDays(1);
    }

    private void row(String certificate, String organisation, String item, LocalDate validFrom, Dice dice) {
        operators.row(certificate, name(dice), organisation, item, validFrom, validTo(validFrom), telephone(dice));
    }
}
