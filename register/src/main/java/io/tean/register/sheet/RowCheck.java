package io.tean.register.sheet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold between the cells of a row, each of which is good by itself.
 *
 * @param heading the column that is to blame
 */
record RowCheck(String heading, Condition condition) {
    private static final Set<Integer> STATUTORY_LENGTHS = Set.of(17, 18, 20);

    @FunctionalInterface
    interface Condition {
        /** What is wrong, to stand behind the value in a sentence; the cells are the good ones that are not empty. */
        Optional<String> whyNot(Map<String, String> cells);
    }

    /** Days, or moments, in their order. */
    static RowCheck ordered(String first, String then) {
        return new RowCheck(then, cells -> {
            String early = cells.get(first);
            String late = cells.get(then);
            return early != null && late != null && late.compareTo(early) < 0
                    ? Optional.of("is before " + first + " " + early)
                    : Optional.empty();
        });
    }

    /** Neither of the two coordinates without the other. */
    static RowCheck bothCoordinates() {
        return new RowCheck(
                "latitude",
                cells -> cells.containsKey("latitude") == cells.containsKey("longitude")
                        ? Optional.empty()
                        : Optional.of("must stand together with the longitude"));
    }

    static RowCheck exactlyOne(String one, String other) {
        return new RowCheck(
                one,
                cells -> cells.containsKey(one) != cells.containsKey(other)
                        ? Optional.empty()
                        : Optional.of("or " + other + " must be filled, and not both"));
    }

    static RowCheck notBoth(String one, String other) {
        return new RowCheck(
                one,
                cells -> cells.containsKey(one) && cells.containsKey(other)
                        ? Optional.of("and " + other + " cannot both be filled")
                        : Optional.empty());
    }

    static RowCheck positive(String heading) {
        return new RowCheck(
                heading,
                cells -> "0".equals(cells.get(heading)) ? Optional.of("must be more than 0") : Optional.empty());
    }

    static RowCheck needs(String one, String other) {
        return new RowCheck(
                other,
                cells -> cells.containsKey(one) && !cells.containsKey(other)
                        ? Optional.of("must be filled when " + one + " is")
                        : Optional.empty());
    }

    /** A statutory code's length; a filling machine, which is no statutory equipment, has a number of its owner's. */
    static RowCheck statutoryCode() {
        return new RowCheck("code", cells -> {
            String code = cells.get("code");
            String category = cells.get("category");
            return code == null
                            || category == null
                            || category.equals("filling-machine")
                            || STATUTORY_LENGTHS.contains(code.length())
                    ? Optional.empty()
                    : Optional.of("has " + code.length()
                            + " characters; an equipment code has 17 or 18, a registration code 20");
        });
    }
}
