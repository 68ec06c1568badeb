package io.tean.register.intake;

import java.sql.Connection;
import java.sql.SQLException;

/** What has to be done in the transaction in which rows are taken in, by parts that the intake does not know. */
@FunctionalInterface
public interface AfterIntake {
    AfterIntake NOTHING = (transaction, kind, importId) -> {};

    /**
     * Called before the commit. For {@code visits} the temporary table {@code taken_record (record_id bigint)} holds the new records.
     *
     * @param kind name of the sheet
     */
    void taken(Connection transaction, String kind, long importId) throws SQLException;
}
