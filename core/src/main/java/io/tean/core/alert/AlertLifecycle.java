package io.tean.core.alert;

/**
 * Which step an alert allows, and where it leads: the one place that decides it. Open → acknowledged → closed; recovery marks it as cleared;
 * a finding on a cleared alert opens it anew; what is closed stays closed.
 */
public final class AlertLifecycle {
    private AlertLifecycle() {}

    /**
     * An alert as far as its steps go.
     *
     * @param cleared whether its condition no longer holds
     * @param byPerson whether its rule leaves the closing to a person even after recovery
     */
    public record Standing(AlertState state, boolean cleared, Severity severity, boolean byPerson) {}

    public sealed interface Verdict {}

    public record Allowed(AlertState state, boolean cleared) implements Verdict {}

    public record Refused(Reason reason) implements Verdict {}

    public enum Reason {
        CLOSED_ALREADY,
        ACKNOWLEDGED_ALREADY,
        CLEARED_ALREADY,
        /** An emergency ends by end of alarm only. */
        END_OF_ALARM_NEEDED,
        /** End of alarm is for emergencies. */
        NO_EMERGENCY,
        NOT_CLEARED,
        PERSON_NEEDED
    }

    public static Verdict judge(Standing alert, AlertStep step) {
        if (alert.state == AlertState.CLOSED) {
            return new Refused(Reason.CLOSED_ALREADY);
        }
        boolean emergency = alert.severity == Severity.EMERGENCY;
        return switch (step) {
            case FINDING -> new Allowed(alert.cleared ? AlertState.OPEN : alert.state, false);
            case RECOVERY -> alert.cleared ? new Refused(Reason.CLEARED_ALREADY) : new Allowed(alert.state, true);
            case ACKNOWLEDGE ->
                alert.state == AlertState.ACKNOWLEDGED
                        ? new Refused(Reason.ACKNOWLEDGED_ALREADY)
                        : new Allowed(AlertState.ACKNOWLEDGED, alert.cleared);
            case CLOSE ->
                emergency ? new Refused(Reason.END_OF_ALARM_NEEDED) : new Allowed(AlertState.CLOSED, alert.cleared);
            case END_OF_ALARM ->
                emergency ? new Allowed(AlertState.CLOSED, alert.cleared) : new Refused(Reason.NO_EMERGENCY);
            case EXPIRE -> expire(alert, emergency);
        };
    }

    private static Verdict expire(Standing alert, boolean emergency) {
        if (emergency || alert.byPerson) {
            return new Refused(Reason.PERSON_NEEDED);
        }
        return alert.cleared ? new Allowed(AlertState.CLOSED, true) : new Refused(Reason.NOT_CLEARED);
    }
}
