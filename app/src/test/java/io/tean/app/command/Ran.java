package io.tean.app.command;

import io.tean.app.Main;
import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command that has run in a process of its own: commands read their settings from the environment. */
record Ran(int exit, List<String> lines) {
    /** With what it said to both outputs. */
    static Ran tean(TestDatabase database, String... arguments) throws IOException, InterruptedException {
        return tean(database, List.of(), arguments);
    }

    /** With lines on its standard input. */
    static Ran tean(TestDatabase database, List<String> input, String... arguments)
            throws IOException, InterruptedException {
        Process process = process(database, arguments).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            for (String line : input) {
                in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out.lines().toList());
    }

    /** The command, ready to be started. */
    static ProcessBuilder process(TestDatabase database, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As bin/tean runs commands.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(database.environment());
        return builder;
    }
}
