package io.tean.register.intake;

import io.tean.register.sheet.Sheet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the rows of one sheet become what is registered. The SQL speaks of the temporary table {@code intake_ready n}: for each heading the cell
 * as it shall be ({@code n.name}; what the file has no column for is as registered) and as it is registered ({@code n.was_name}), for a
 * heading that names an organisation {@code n.<heading>_id}, for one that names a machine {@code n.equipment_id}; {@code n.registered_id} is
 * null for a new row, {@code n.differs} tells whether a known one changes.
 */
public interface Landing {
    /**
     * What only the database can tell.
     *
     * @param condition SQL over n that is true for a row with this problem
     * @param reason SQL over n that gives the text to stand behind the value
     */
    record Check(String heading, String condition, String reason) {}

    /**
     * What the audit trail says of a row.
     *
     * @param subject SQL over n
     * @param organisation SQL over n: whose people may read it
     */
    record Audited(String subjectKind, String subject, String organisation) {
        /** Of what is about the row's machine: its use unit's people may read it. */
        public static Audited ofMachine(String subjectKind, String subject) {
            return new Audited(
                    subjectKind,
                    subject,
                    "(SELECT e.use_unit_id FROM equipment e WHERE e.equipment_id = n.equipment_id)");
        }
    }

    /**
     * How a record of a ledger goes on when a row says more or something else.
     *
     * @param allowed SQL over n, of a row that differs: whether it is taken
     * @param otherwise what a person can do about a row that is not
     * @param audited what the audit trail says of one that is
     */
    record Sequel(String allowed, String otherwise, Audited audited) {}

    Sheet sheet();

    /** Query of what is registered: {@code id}, and a column for each heading, of the type of its cells. */
    String registered();

    /** Of that, what is written to a file, when that is less. */
    default String exported() {
        return registered();
    }

    /** SQL that joins a row s of the file, of the machine e, with what is registered r. */
    String match();

    /** SQL over s that is the same for rows of the same thing. */
    default List<String> key() {
        return sheet().key().stream().map(name -> "s." + name).toList();
    }

    /** A ledger's records are added and never overwritten. */
    default boolean isLedger() {
        return false;
    }

    /** Of a ledger whose records go on by a file; empty: they go on elsewhere. */
    default Optional<Sequel> sequel() {
        return Optional.empty();
    }

    /** Headings that do not count when a row is compared with what is registered. */
    default Set<String> uncompared() {
        return Set.of();
    }

    /** Statements that the checks need to have run. */
    default List<String> preparations() {
        return List.of();
    }

    default List<Check> checks() {
        return List.of();
    }

    /** The table that nobody else may write meanwhile. */
    default Optional<String> locked() {
        return Optional.empty();
    }

    /** Empty: one entry stands for the whole file. */
    default Optional<Audited> audited() {
        return Optional.empty();
    }

    /** Takes in the rows of intake_ready, all of which are good. */
    void takeIn(Taking taking) throws SQLException;
}
