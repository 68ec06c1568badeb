package io.tean.register.intake;

/** Is told about once a second how far an import is. */
@FunctionalInterface
public interface Progress {
    Progress NOBODY = (bytesRead, bytes, rowsRead) -> {};

    /** @param bytes of the whole file */
    void at(long bytesRead, long bytes, long rowsRead);
}
