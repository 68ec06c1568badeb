package io.tean.register.regulation;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An entry as its file has it, one component per YAML key. */
record EntryText(
        @Nullable String code,
        @Nullable Label title,
        @Nullable Label clause,
        @Nullable String source,
        @Nullable Mark mark,
        @Nullable Integer version,
        @Nullable LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        @Nullable Asked asks,
        @Nullable AppliesText applies,
        @Nullable List<String> fulfilledBy,
        @Nullable List<String> madeUpBy,
        @Nullable RuleText rule) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> INSPECTIONS = Set.of(
            "SUPERVISION_INSPECTION",
            "PERIODIC_INSPECTION",
            "FIRST_INSPECTION",
            "EXTERNAL",
            "INTERNAL",
            "HYDROSTATIC_TEST",
            "YEARLY_CHECK",
            "SELF_TESTING");
    private static final Set<String> VISITS = Set.of("HALF_MONTH", "QUARTER", "HALF_YEAR", "YEAR", "CALL_OUT_REPAIR");
    private static final Set<String> CYLINDERS =
            Set.of("SEAMLESS", "WELDED", "LPG", "DISSOLVED_ACETYLENE", "VEHICLE_FUEL", "WELDED_INSULATED");

    record AppliesText(
            @Nullable List<String> categories,
            @Nullable Map<String, List<String>> types,
            @Nullable Map<String, List<String>> exceptTypes,
            @Nullable Map<String, List<String>> parameters,
            @Nullable List<String> cylinderTypes,
            @Nullable List<String> media,
            @Nullable List<String> exceptMedia) {}

    record RuleText(
            @Nullable GridText grid,
            @Nullable CycleText cycle,
            @Nullable LimitText limit) {}

    record GridText(
            @Nullable List<Integer> years, int thenEvery, int earlyMonths, int outOfUseMonths, boolean skipsOutOfUse) {}

    record CycleText(
            @Nullable Integer months,
            @Nullable Integer firstMonths,
            @Nullable Map<Integer, Integer> bySafetyGrade,
            boolean toTheMonth,
            @Nullable Integer days,
            boolean replacedByPlan) {}

    record LimitText(@Nullable Integer amount, Rule.@Nullable Unit unit) {}

    /** @param problems gets whatever is wrong; then nothing is returned */
    Optional<Regulation> toRegulation(List<String> problems) {
        Problems wrong = new Problems(problems);
        wrong.unless(code != null && NAME.matcher(code).matches(), "code: a name in kebab-case is needed");
        wrong.unless(title != null, "title: missing");
        wrong.unless(clause != null, "clause: missing");
        wrong.unless(source != null && !source.isBlank(), "source: missing");
        wrong.unless(mark != null, "mark: missing");
        wrong.unless(version != null && version >= 1, "version: needs a whole number from 1");
        wrong.unless(effectiveFrom != null, "effective_from: missing");
        wrong.unless(
                effectiveFrom == null || effectiveTo == null || !effectiveTo.isBefore(effectiveFrom),
                "effective_to: is before effective_from");
        wrong.unless(asks != null, "asks: missing");
        Rule known = rule(wrong);
        if (asks != null && known != null) {
            fit(wrong, asks, known);
        }
        if (wrong.any || known == null) {
            return Optional.empty();
        }
        return Optional.of(new Regulation(
                Objects.requireNonNull(code),
                Objects.requireNonNull(title),
                Objects.requireNonNull(clause),
                Objects.requireNonNull(source),
                Objects.requireNonNull(mark),
                Objects.requireNonNull(version),
                Objects.requireNonNull(effectiveFrom),
                Optional.ofNullable(effectiveTo),
                Objects.requireNonNull(asks),
                appliesTo(),
                orNone(fulfilledBy),
                orNone(madeUpBy),
                known));
    }

    private @Nullable Rule rule(Problems wrong) {
        List<Object> kinds = new ArrayList<>();
        if (rule != null) {
            for (Object kind : new @Nullable Object[] {rule.grid, rule.cycle, rule.limit}) {
                if (kind != null) {
                    kinds.add(kind);
                }
            }
        }
        if (kinds.size() != 1) {
            wrong.add("rule: exactly one of grid, cycle and limit is needed");
            return null;
        }
        try {
            return switch (kinds.getFirst()) {
                case GridText g ->
                    new Rule.Grid(orNone(g.years), g.thenEvery, g.earlyMonths, g.outOfUseMonths, g.skipsOutOfUse);
                case CycleText c -> cycle(c);
                case LimitText l when l.amount != null && l.unit != null -> new Rule.Limit(l.amount, l.unit);
                default -> throw new IllegalArgumentException("limit: amount and unit are needed");
            };
        } catch (IllegalArgumentException e) {
            wrong.add("rule: " + e.getMessage());
            return null;
        }
    }

    private static Rule cycle(CycleText c) {
        if (c.months != null && c.days == null && !c.replacedByPlan) {
            return new Rule.Months(
                    c.months,
                    c.firstMonths == null ? c.months : c.firstMonths,
                    c.bySafetyGrade == null ? Map.of() : c.bySafetyGrade,
                    c.toTheMonth);
        }
        if (c.days != null && c.months == null && c.firstMonths == null && c.bySafetyGrade == null && !c.toTheMonth) {
            return new Rule.Days(c.days, c.replacedByPlan);
        }
        throw new IllegalArgumentException(
                "cycle: either months (first_months, by_safety_grade, to_the_month) or days (replaced_by_plan) is needed");
    }

    private void fit(Problems wrong, Asked what, Rule known) {
        Applies to = appliesTo();
        Set<String> fulfilments = what == Asked.MAINTENANCE ? VISITS : INSPECTIONS;
        boolean fits = switch (what) {
            case INSPECTION -> known instanceof Rule.Grid || known instanceof Rule.Months;
            case SELF_TESTING -> known instanceof Rule.Grid;
            case MAINTENANCE -> known instanceof Rule.Days;
            case CYLINDER_INSPECTION, CYLINDER_LIFE -> known instanceof Rule.Months;
            case LIMIT -> known instanceof Rule.Limit;
        };
        wrong.unless(fits, "rule: this kind does not fit asks: " + what.word());
        switch (what) {
            case INSPECTION, SELF_TESTING, MAINTENANCE -> {
                wrong.unless(!to.categories().isEmpty(), "applies: categories are needed");
                wrong.unless(!orNone(fulfilledBy).isEmpty(), "fulfilled_by: missing");
            }
            case CYLINDER_INSPECTION, CYLINDER_LIFE ->
                wrong.unless(!to.cylinderTypes().isEmpty(), "applies: cylinder_types are needed");
            case LIMIT -> {}
        }
        for (String each : orNone(fulfilledBy)) {
            wrong.unless(
                    fulfilments.contains(each),
                    "fulfilled_by: " + each + " is unknown, known are " + sorted(fulfilments));
        }
        for (String each : orNone(madeUpBy)) {
            wrong.unless(
                    INSPECTIONS.contains(each),
                    "made_up_by: " + each + " is unknown, known are " + sorted(INSPECTIONS));
        }
        for (String each : to.categories()) {
            wrong.unless(NAME.matcher(each).matches(), "applies: " + each + " is no category such as elevator");
        }
        for (String each : to.cylinderTypes()) {
            wrong.unless(
                    CYLINDERS.contains(each),
                    "applies: cylinder type " + each + " is unknown, known are " + sorted(CYLINDERS));
        }
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private Applies appliesTo() {
        return applies == null
                ? new Applies(List.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of())
                : new Applies(
                        orNone(applies.categories),
                        orNone(applies.types),
                        orNone(applies.exceptTypes),
                        orNone(applies.parameters),
                        orNone(applies.cylinderTypes),
                        orNone(applies.media),
                        orNone(applies.exceptMedia));
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <K, V> Map<K, V> orNone(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static final class Problems {
        private final List<String> found;
        private boolean any;

        Problems(List<String> found) {
            this.found = found;
        }

        void add(String problem) {
            any = true;
            found.add(problem);
        }

        void unless(boolean holds, String problem) {
            if (!holds) {
                add(problem);
            }
        }
    }
}
