package io.tean.core.intake;

import io.tean.core.audit.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Takes files into the register, in the background; how far it is stands in the table import_run. */
public interface FileIntake {
    /** What becomes of the good rows when others are wrong. */
    enum Mode {
        ALL_OR_NOTHING,
        ACCEPT_GOOD
    }

    /**
     * A kind of file.
     *
     * @param name as in addresses and commands, such as {@code equipment}
     * @param headings the English ones, needed ones first
     */
    record Kind(String name, List<String> headings) {
        public Kind {
            headings = List.copyOf(headings);
        }
    }

    /** In the order in which they build on each other. */
    List<Kind> kinds();

    /**
     * Starts to take a file in and does not wait for the end. The file is deleted afterwards.
     *
     * @param kind a name of {@link #kinds}
     * @param fileName as the person calls it
     * @return the number of the import
     */
    long start(String kind, Path file, String fileName, Mode mode, Actor actor);

    /** The refused rows of an import, to be corrected and sent again: CSV with a last column that says what is wrong. */
    void writeCorrections(long importId, OutputStream out) throws IOException;

    /** A file with the headings and nothing else. */
    void writeTemplate(String kind, OutputStream out) throws IOException;
}
