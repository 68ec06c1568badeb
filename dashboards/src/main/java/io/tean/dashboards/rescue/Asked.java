package io.tean.dashboards.rescue;

import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.alert.Value;
import io.tean.dashboards.rescue.CaseCard.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A machine that somebody calls about, with all that there is to know while they are on the telephone. */
public record Asked(Found machine, List<Contract> contracts, List<Reading> readings, List<Trouble> alerts) {
    public Asked {
        contracts = List.copyOf(contracts);
        readings = List.copyOf(readings);
        alerts = List.copyOf(alerts);
    }

    /**
     * A machine.
     *
     * @param live the number of its live case
     */
    public record Found(
            int id,
            String code,
            String name,
            String place,
            String rescueCode,
            String useUnit,
            String useUnitTelephone,
            String category,
            String division,
            OptionalLong live) {}

    /**
     * What a search found.
     *
     * @param exact whether the rescue or equipment code was typed in whole
     */
    public record Finds(List<Found> machines, boolean exact) {
        static final int MOST = 20;

        public Finds {
            machines = List.copyOf(machines);
        }

        public boolean isCut() {
            return machines.size() >= MOST;
        }
    }

    /** A contract in force. */
    public record Contract(String firm, String telephone, String contact, String number) {}

    /** The newest reading of a stream. */
    public record Reading(StreamDeclaration stream, Instant time, List<Value> values) {
        public Reading {
            values = List.copyOf(values);
        }
    }
}
