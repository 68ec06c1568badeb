package io.tean.core.audit;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One change. Old and new hold what changed, by name; never a secret, and not even its hash.
 *
 * @param action what was done, as {@code subject.verb}, such as {@code account.disable}
 * @param subjectKind the table or concept, such as {@code account}, {@code device}, {@code dead-letter}
 * @param subject its published id
 * @param organisationId whose people may read the entry, beside those who may read all
 * @param before what was there; empty for something new
 * @param after what is there now; empty for something taken away
 */
public record AuditEntry(
        Actor actor,
        String action,
        String subjectKind,
        String subject,
        OptionalInt organisationId,
        Map<String, ?> before,
        Map<String, ?> after,
        Optional<String> reason) {

    /** A change of something that belongs to no organisation, without a reason given. */
    public static AuditEntry of(
            Actor actor,
            String action,
            String subjectKind,
            String subject,
            Map<String, ?> before,
            Map<String, ?> after) {
        return new AuditEntry(
                actor, action, subjectKind, subject, OptionalInt.empty(), before, after, Optional.empty());
    }

    public AuditEntry withOrganisation(OptionalInt id) {
        return new AuditEntry(actor, action, subjectKind, subject, id, before, after, reason);
    }

    public AuditEntry withReason(String text) {
        return new AuditEntry(actor, action, subjectKind, subject, organisationId, before, after, Optional.of(text));
    }
}
