package io.tean.register.intake;

import io.tean.core.audit.Actor;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that somebody sends.
 *
 * @param kind name of the sheet, such as {@code equipment}
 * @param file where it lies
 * @param fileName as its sender calls it; the ending tells CSV from XLSX
 * @param reason for the record, where one was given
 */
public record ImportRequest(
        String kind, Path file, String fileName, ImportMode mode, Actor actor, Optional<String> reason) {

    /** A file for which nobody was asked for a reason. */
    public static ImportRequest of(String kind, Path file, String fileName, ImportMode mode, Actor actor) {
        return new ImportRequest(kind, file, fileName, mode, actor, Optional.empty());
    }
}
