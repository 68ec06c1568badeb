package io.tean.alerting.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The ids of notices, made from what they are about: the same notice has the same id, whoever makes it and whenever. */
public final class Notices {
    private Notices() {}

    /** Of an alert that begins, or begins again, with a finding. */
    public static UUID beginning(Finding.Key key, Instant finding) {
        return UUID.nameUUIDFromBytes(
                String.join("\n", "beginning", key.subjectKind(), key.subject(), key.rule(), finding.toString())
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Of an alert that recovered or was closed for the nth time. */
    static UUID ending(long alertId, String occasion, int activations) {
        return UUID.nameUUIDFromBytes(
                (occasion + "\n" + alertId + "\n" + activations).getBytes(StandardCharsets.UTF_8));
    }

    /** Of what happens to a rescue case, or to one of its units.
     *
     * @param about such as the dispatch that it is about, or the step that led to it
     */
    public static UUID ofCase(long caseId, String occasion, String about) {
        return UUID.nameUUIDFromBytes(String.join("\n", "case", Long.toString(caseId), occasion, about)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Of an alert that stays, or that nobody answers, after so many seconds of its nth time. */
    public static UUID delayed(long alertId, String occasion, int activations, int seconds) {
        return ending(alertId, occasion + " " + seconds, activations);
    }
}
