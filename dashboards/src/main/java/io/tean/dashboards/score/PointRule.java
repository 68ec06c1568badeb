package io.tean.dashboards.score;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** How an item makes points of what was measured. */
public sealed interface PointRule {
    BigDecimal points(Fact fact);

    /** What kinds of measures it can be used on. */
    boolean fits(Measure.Kind kind);

    /** So many for each event. */
    record Each(BigDecimal each) implements PointRule {
        @Override
        public BigDecimal points(Fact fact) {
            return each.multiply(BigDecimal.valueOf(fact.part()));
        }

        @Override
        public boolean fits(Measure.Kind kind) {
            return kind == Measure.Kind.EVENTS;
        }
    }

    /** So many for each percentage point that is missing to a hundred, to one digit; none where there was nothing to do. */
    record Missing(BigDecimal each) implements PointRule {
        @Override
        public BigDecimal points(Fact fact) {
            return fact.whole() <= 0 ? BigDecimal.ZERO : each.multiply(fact.percent(fact.whole() - fact.part()));
        }

        @Override
        public boolean fits(Measure.Kind kind) {
            return kind == Measure.Kind.SHARE;
        }
    }

    /** By the first band that the value does not exceed. A value over nought, such as elevators without a worker, is in the last. */
    record Bands(List<Band> bands) implements PointRule {
        public Bands {
            bands = List.copyOf(bands);
        }

        @Override
        public BigDecimal points(Fact fact) {
            if (fact.isNothing()) {
                return BigDecimal.ZERO;
            }
            return bands.stream()
                    .filter(band -> band.upTo().isEmpty()
                            || (fact.whole() > 0 && !exceeds(fact, band.upTo().get())))
                    .findFirst()
                    .map(Band::points)
                    .orElse(BigDecimal.ZERO);
        }

        private static boolean exceeds(Fact fact, BigDecimal most) {
            return BigDecimal.valueOf(fact.part()).compareTo(most.multiply(BigDecimal.valueOf(fact.whole()))) > 0;
        }

        @Override
        public boolean fits(Measure.Kind kind) {
            return kind == Measure.Kind.NUMBER || kind == Measure.Kind.RATIO;
        }
    }

    /**
     * One band of values.
     *
     * @param upTo the highest value that is in it; empty of the last band
     */
    record Band(Optional<BigDecimal> upTo, BigDecimal points) {}

    /** So many for each full step above a value. */
    record Steps(BigDecimal each, long above, long step) implements PointRule {
        @Override
        public BigDecimal points(Fact fact) {
            return each.multiply(BigDecimal.valueOf(Math.max(0, fact.part() - above) / step));
        }

        @Override
        public boolean fits(Measure.Kind kind) {
            return kind == Measure.Kind.NUMBER;
        }
    }
}
