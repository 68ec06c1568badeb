package io.tean.core.reading;

import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What follows from readings in the very transaction that stores them: alerts, visits, fills. Called on a lane's thread; all
 * readings of one machine come on the same lane, in order.
 *
 * <p>A step is pure towards memory: what it wants to remember it returns, and the lane runs it after the commit. A step that
 * throws blocks nobody: its work is rolled back alone, the readings are stored, and each gets a re-judge mark.
 */
public interface InTransactionStep {
    /** A stable kebab-case name: it stands in re-judge marks and meters. */
    String name();

    /** Whether readings of this stream concern the step. */
    boolean wants(StreamDeclaration stream);

    /**
     * Looks ahead, before the readings are stored: when nothing would follow from them in the database, no transaction around them is needed.
     *
     * @param readings of streams that the step wants; never empty
     * @return what to remember once they are stored, without {@link #judge}; empty when judge must be asked
     */
    default Optional<Runnable> foresee(List<Reading> readings) {
        return Optional.empty();
    }

    /**
     * Writes what follows from the readings.
     *
     * @param transaction open; neither to be committed nor closed here
     * @param inserted only readings that were really inserted (no duplicates), of all streams that the step wants; never empty
     * @return what to remember once the transaction has committed
     */
    Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException;

    /**
     * These readings have come in, and nothing could be committed for longer than five seconds. Told once each, in order, on a thread of its own
     * while the lanes go on trying; what they mean must be told to people without the database. {@link #judge} follows when they are stored.
     */
    default void delayed(List<UnstoredReading> readings) {}

    /** The outcome of a commit is unknown: whatever was remembered about these readings' machines must be read again. */
    default void forget(List<Reading> readings) {}
}
