package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rule is fulfilled for a subject.
 *
 * @param subject of a machine its inner number as text
 * @param equipmentId the machine that it is about, or on which it happened
 * @param organisationId whom a subject that is no machine belongs to
 * @param division six digits, or empty: that of the machine
 * @param first event time of the earliest reading that fulfils it
 * @param last of the newest one
 * @param count how many readings
 * @param with the values that the rule saw
 * @param recoveredAt found late, and over since then
 */
public record Finding(
        Rule rule,
        String subject,
        OptionalInt equipmentId,
        OptionalInt organisationId,
        String division,
        Instant first,
        Instant last,
        int count,
        Map<String, Object> with,
        Optional<Instant> recoveredAt) {

    /** Of one reading of a machine. */
    public static Finding ofMachine(Rule rule, int equipmentId, Instant at, Map<String, Object> with) {
        return new Finding(
                rule,
                Integer.toString(equipmentId),
                OptionalInt.of(equipmentId),
                OptionalInt.empty(),
                "",
                at,
                at,
                1,
                with,
                Optional.empty());
    }

    /** What there is at most one open alert of. */
    public record Key(String subjectKind, String subject, String rule) {}

    public Key key() {
        return new Key(rule.subject().name(), subject, rule.name());
    }

    /** This and a later one of the same key as one. */
    Finding and(Finding later) {
        boolean newer = !later.last.isBefore(last);
        return new Finding(
                rule,
                subject,
                equipmentId,
                organisationId,
                division,
                first.isBefore(later.first) ? first : later.first,
                newer ? later.last : last,
                count + later.count,
                newer ? later.with : with,
                recoveredAt.isPresent() && later.recoveredAt.isPresent()
                        ? Optional.of(
                                recoveredAt.get().isAfter(later.recoveredAt.get())
                                        ? recoveredAt.get()
                                        : later.recoveredAt.get())
                        : Optional.empty());
    }
}
