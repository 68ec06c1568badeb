package io.tean.app;

/** Which Tean this is. */
final class Version {
    static final String NAME = "0.1.0";

    private Version() {}
}
