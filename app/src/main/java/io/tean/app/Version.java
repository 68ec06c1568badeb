package io.tean.app;

/** Which Tean this is. */
public final class Version {
    public static final String NAME = "0.1.0";

    private Version() {}
}
