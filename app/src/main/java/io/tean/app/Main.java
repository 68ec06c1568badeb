package io.tean.app;

import io.tean.app.command.Tean;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Tean.run(arguments));
    }
}
