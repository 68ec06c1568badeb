package io.tean.ingest.arrival;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A step that remembers what it was shown and does what a test wants. */
public final class SpyingStep implements InTransactionStep {
    /** What the step does in the transaction. */
    public interface Deed {
        void in(Connection transaction, List<Reading> inserted) throws SQLException;
    }

    private final String name;
    private final String stream;
    private final Queue<Reading> judged = new ConcurrentLinkedQueue<>();
    private final Queue<Reading> remembered = new ConcurrentLinkedQueue<>();
    private final Queue<Reading> forgotten = new ConcurrentLinkedQueue<>();
    private volatile Deed deed = (transaction, inserted) -> {};

    public SpyingStep(String name, String stream) {
        this.name = name;
        this.stream = stream;
    }

    /** From now on the step does this. */
    public void does(Deed newDeed) {
        deed = newDeed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wants(StreamDeclaration declaration) {
        return declaration.name().equals(stream);
    }

    @Override
    public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
        judged.addAll(inserted);
        deed.in(transaction, inserted);
        return () -> remembered.addAll(inserted);
    }

    @Override
    public void forget(List<Reading> readings) {
        forgotten.addAll(readings);
    }

    /** Every reading it was asked to judge, in vain or not. */
    public List<Reading> judged() {
        return List.copyOf(judged);
    }

    /** Those whose memory it was told to adopt. */
    public List<Reading> remembered() {
        return List.copyOf(remembered);
    }

    public List<Reading> forgotten() {
        return List.copyOf(forgotten);
    }
}
