package io.tean.app.alerts;

import io.tean.app.load.MessageShape;
import java.util.List;

/** What a machine of the day is. */
enum Kind {
    ELEVATOR("elevator", Shapes.ELEVATOR),
    /** Registered for 1.25 MPa. */
    STRONG_BOILER("boiler", Shapes.BOILER),
    /** Registered for 1.00 MPa. */
    WEAK_BOILER("boiler", Shapes.BOILER),
    FILLING_MACHINE("filling-machine", Shapes.FILLING);

    private static final List<Kind> TEN = List.of(
            ELEVATOR,
            ELEVATOR,
            ELEVATOR,
            STRONG_BOILER,
            ELEVATOR,
            ELEVATOR,
            FILLING_MACHINE,
            ELEVATOR,
            WEAK_BOILER,
            FILLING_MACHINE);

    final String category;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    final List<MessageShape> shapes;

    Kind(String category, List<MessageShape> shapes) {
        this.category = category;
        this.shapes = shapes;
    }

    /** Of ten machines six are elevators, two boilers, two filling machines. */
    static Kind of(int machine) {
        return TEN.get(machine % TEN.size());
    }
}
