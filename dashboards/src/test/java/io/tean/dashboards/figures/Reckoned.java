package io.tean.dashboards.figures;

import io.tean.dashboards.figures.RescuedMonths.Moments;
import io.tean.dashboards.figures.RescuedMonths.Rescue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The figures of some cases as a person with pencil and paper would have them, by the names of the API; what there is not is not in it. */
record Reckoned(List<Rescue> cases, Instant now) {
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("cases", (double) cases.size());
        for (String origin : List.of("TELEMETRY", "CAR_BUTTON", "CALL")) {
            figures.put(
                    origin.toLowerCase(java.util.Locale.ROOT),
                    count(each -> each.origin().equals(origin)));
        }
        for (String outcome : List.of("RELEASED", "SELF_RELEASED", "FALSE_ALARM")) {
            figures.put(
                    outcome.toLowerCase(java.util.Locale.ROOT),
                    count(each -> each.outcome().equals(outcome)));
        }
        for (int level = 1; level <= 3; level++) {
            int number = level;
            figures.put("level_" + level, count(each -> each.level() == number));
        }
        figures.put(
                "entrapment",
                count(each -> genuine(each)
                        && each.trapped().orElse(1) > 0
                        && each.lift()
                                .map(lift -> lift.category().equals("elevator"))
                                .orElse(true)));
        figures.put("accident", count(Rescue::accident));
        figures.put(
                "people_released",
                cases.stream()
                        .filter(each -> each.outcome().equals("RELEASED"))
                        .mapToDouble(each -> each.released().orElse(0))
                        .sum());
        Function<Rescue, Optional<Double>> arrival =
                each -> minutes(each.moments().opened(), each.moments().arrived());
        Function<Rescue, Optional<Double>> work = each -> each.moments()
                .arrived()
                .filter(any -> each.outcome().equals("RELEASED"))
                .flatMap(from -> minutes(from, each.moments().released()));
        Function<Rescue, Optional<Double>> answer = each -> each.moments()
                .dispatched()
                .flatMap(from -> minutes(from, each.moments().answered()))
                .map(minutes -> minutes * 60);
        spread("arrival_minutes", values(arrival), figures);
        spread("rescue_work_minutes", values(work), figures);
        mean(values(answer)).ifPresent(mean -> figures.put("mean_answer_seconds", mean));
        shares(figures);
        return figures;
    }

    private void shares(Map<String, Double> figures) {
        Predicate<Rescue> in30 = each -> genuine(each)
                && by(each.moments().arrived(), each.moments().opened().plusSeconds(1800));
        Predicate<Rescue> over30 = each -> genuine(each)
                && !by(each.moments().arrived(), each.moments().opened().plusSeconds(1800))
                && (each.moments().arrived().isPresent()
                        || end(each.moments()).isAfter(each.moments().opened().plusSeconds(1800)));
        figures.put("arrived_in_30", count(in30));
        figures.put("arrived_late", count(over30));
        figures.put("arrival_due", count(in30) + count(over30));
        Predicate<Rescue> inLimit = each -> genuine(each)
                && each.moments()
                        .arriveBy()
                        .filter(limit -> by(each.moments().arrived(), limit))
                        .isPresent();
        Predicate<Rescue> overLimit = each -> genuine(each)
                && each.moments()
                        .arriveBy()
                        .filter(limit -> !by(each.moments().arrived(), limit)
                                && (each.moments().arrived().isPresent()
                                        || end(each.moments()).isAfter(limit)))
                        .isPresent();
        figures.put("arrived_in_limit", count(inLimit));
        figures.put("limit_due", count(inLimit) + count(overLimit));
        Predicate<Rescue> in3 = each -> each.moments()
                .dispatched()
                .filter(called -> by(each.moments().answered(), called.plusSeconds(180)))
                .isPresent();
        Predicate<Rescue> over3 = each -> each.moments()
                .dispatched()
                .filter(called -> !by(each.moments().answered(), called.plusSeconds(180))
                        && (each.moments().answered().isPresent()
                                || end(each.moments()).isAfter(called.plusSeconds(180))))
                .isPresent();
        figures.put("answered_in_3", count(in3));
        figures.put("answer_due", count(in3) + count(over3));
    }

    private static boolean genuine(Rescue rescue) {
        return !rescue.outcome().equals("FALSE_ALARM");
    }

    private static boolean by(Optional<Instant> moment, Instant limit) {
        return moment.filter(at -> !at.isAfter(limit)).isPresent();
    }

    private Instant end(Moments moments) {
        return moments.released().orElse(now);
    }

    private double count(Predicate<Rescue> which) {
        return cases.stream().filter(which).count();
    }

    private List<Double> values(Function<Rescue, Optional<Double>> value) {
        return cases.stream().map(value).flatMap(Optional::stream).sorted().toList();
    }

    private static Optional<Double> minutes(Instant from, Optional<Instant> to) {
        return to.map(until -> Duration.between(from, until).toNanos() / 6e10);
    }

    private static void spread(String name, List<Double> sorted, Map<String, Double> figures) {
        mean(sorted).ifPresent(mean -> figures.put(name + ".mean", mean));
        if (!sorted.isEmpty()) {
            double at = 0.9 * (sorted.size() - 1);
            double below = sorted.get((int) Math.floor(at));
            double above = sorted.get((int) Math.ceil(at));
            figures.put(name + ".p90", below + (at - Math.floor(at)) * (above - below));
        }
    }

    private static Optional<Double> mean(List<Double> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().mapToDouble(Double::doubleValue).sum() / values.size());
    }
}
