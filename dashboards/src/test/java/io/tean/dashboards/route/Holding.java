package io.tean.dashboards.route;

import io.tean.dashboards.access.Scope;
import java.util.OptionalInt;

/**
 * What one organisation has in {@link TwoSides}: a device bound to equipment, a dead letter and an audit entry; a maintenance
 * duty, visit and suspension of the equipment; an alert of it and a silence; a rescue case; a recipient and a notice of the alert.
 *
 * @param marker stands in every text of it and of nothing else
 * @param organisation whose it is; none for what nobody but the city may see
 * @param creditCode of the organisation; blank for none
 * @param division where it is; blank for nowhere
 */
record Holding(
        String marker,
        OptionalInt organisation,
        String creditCode,
        String division,
        String device,
        long letter,
        long entry,
        long visit,
        long suspension,
        Alarm alarm,
        long rescue,
        Told told) {
    /** An alert of the equipment, and a silence. */
    record Alarm(long alert, long silence) {}

    /** A notice of the alert, and somebody who is told. */
    record Told(String notice, long recipient) {}

    /** The link of the unit that was called to the case. */
    String link() {
        return "link-of-" + rescue;
    }

    /** Whether a scope covers it: said here once more, by other words than the queries'. */
    boolean isWithin(Scope scope) {
        return switch (scope) {
            case Scope.City() -> true;
            case Scope.Division(String code) -> division.equals(code);
            case Scope.Organisation(int id) -> organisation.equals(OptionalInt.of(id));
        };
    }
}
