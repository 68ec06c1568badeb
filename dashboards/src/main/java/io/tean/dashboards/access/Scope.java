package io.tean.dashboards.access;

/** Which part of the city's rows an account may see. */
public sealed interface Scope {
    /** All of them. */
    record City() implements Scope {}

    /**
     * What stands in one administrative division.
     *
     * @param code GB/T 2260, six digits; trailing pairs of noughts stand for all below: 320500 is a whole city
     */
    record Division(String code) implements Scope {
        /** What the codes of all divisions in it begin with. */
        String prefix() {
            return code.replaceFirst("(00){0,2}$", "");
        }
    }

    /** What belongs to one organisation. */
    record Organisation(int id) implements Scope {}

    /** Whether it is the bureau's own: of no organisation. */
    default boolean ofBureau() {
        return !(this instanceof Organisation);
    }
}
