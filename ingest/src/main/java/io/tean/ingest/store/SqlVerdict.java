package io.tean.ingest.store;

import java.sql.SQLException;

/** What an SQL error means for the batch that met it. */
public enum SqlVerdict {
    /** A row is there already: repeat through the staging table. */
    DUPLICATE_KEY,
    /** A row's content is refused: find it, keep it as a dead letter, store the others. */
    BAD_ROW,
    /** Nothing is wrong with the rows: try again, the outcome of a commit may be unknown. */
    TRY_AGAIN;

    public static SqlVerdict of(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals("23505")) {
            return DUPLICATE_KEY;
        }
        boolean row = state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
        return row ? BAD_ROW : TRY_AGAIN;
    }

    /**
     * Whether the error lies with the connection, the server or another transaction: all of the batch is to be tried again. Every
     * other error of a step is the step's own, and must not block the lane.
     */
    static boolean isPassing(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("40") || state.startsWith("53") || state.startsWith("57P");
    }
}
