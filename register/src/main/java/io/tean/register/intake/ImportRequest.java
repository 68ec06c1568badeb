package io.tean.register.intake;

import io.tean.core.audit.Actor;
import java.nio.file.Path;

/**
 * A file that somebody sends.
 *
 * @param kind name of the sheet, such as {@code equipment}
 * @param file where it lies
 * @param fileName as its sender calls it; the ending tells CSV from XLSX
 */
public record ImportRequest(String kind, Path file, String fileName, ImportMode mode, Actor actor) {}
