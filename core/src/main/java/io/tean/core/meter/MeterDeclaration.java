package io.tean.core.meter;

import java.util.List;

/** A meter as declared: implemented by one enum per module, from which docs/meters.md is generated. */
public interface MeterDeclaration {
    /** What a meter counts or shows. */
    enum Kind {
        COUNTER,
        GAUGE,
        TIMER,
        SUMMARY
    }

    /** Dotted name, such as {@code tean.ingest.stored}. */
    String meterName();

    Kind kind();

    /** One sentence with the unit. */
    String meaning();

    /** The names of its tags. */
    List<String> tagKeys();
}
