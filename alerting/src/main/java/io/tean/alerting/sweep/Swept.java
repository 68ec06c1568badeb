package io.tean.alerting.sweep;

/**
 * What one look changed, in numbers of alerts.
 *
 * @param changed whose facts are others than at the look before
 */
public record Swept(int opened, int reactivated, int changed, int cleared) {
    static final Swept NOTHING = new Swept(0, 0, 0, 0);

    Swept and(Swept other) {
        return new Swept(
                opened + other.opened,
                reactivated + other.reactivated,
                changed + other.changed,
                cleared + other.cleared);
    }
}
