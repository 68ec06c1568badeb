package io.tean.app.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The working copy that this program was built from, and the commands in its {@code bin}. */
public final class Checkout {
    private static final List<String> PASSED_ON = List.of("TEAN_HOME", "TEAN_JAVA_FLAGS");

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    /** Found from the folder in which the program runs, upwards. */
    public static Checkout find() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("bin/timescaledb"))) {
                return new Checkout(folder);
            }
        }
        throw new IllegalStateException("no bin/timescaledb in " + start + " or above it: run this inside a checkout");
    }

    /** A name of our own for a database instance, so that two checkouts on one machine never share one. */
    String instance(String name) {
        return name + "-" + HexFormat.of().toHexDigits(root.toString().hashCode());
    }

    /**
     * Keeps a second run of the same program out of this checkout until the channel is closed.
     *
     * @throws IllegalStateException when one is running
     */
    FileChannel lock(String name) {
        Path file = root.resolve("app/target").resolve(name + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IllegalStateException(
                        "another run holds " + file + ": wait until it has ended, two would break each other");
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** An empty folder under app/target for one program's files. */
    public Path workFolder(String name) {
        Path folder = root.resolve("app/target").resolve(name);
        try {
            if (Files.exists(folder)) {
                try (var all = Files.walk(folder)) {
                    for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty the folder " + folder, e);
        }
    }

    /**
     * A command of {@code bin}, ready to be started. Settings of whoever started this program do not leak into it: of the
     * variables that begin with TEAN_ it sees only those given, where instances lie, and flags for the JVM.
     */
    public ProcessBuilder command(Map<String, String> environment, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.command().set(0, root.resolve("bin").resolve(words[0]).toString());
        builder.directory(root.toFile());
        builder.environment().keySet().removeIf(k -> k.startsWith("TEAN_") && !PASSED_ON.contains(k));
        // What this build has made, as it is: bin/tean must not build again in the middle of a test.
        builder.environment().put("TEAN_PROGRAM", root.resolve("app/target").toString());
        builder.environment().putAll(environment);
        builder.redirectInput(new File("/dev/null"));
        return builder;
    }

    /**
     * Runs a command of {@code bin} to its end.
     *
     * @return the lines of its standard output
     * @throws IllegalStateException with all that it said when it fails
     */
    public List<String> run(Map<String, String> environment, String... words) {
        return run(command(environment, words), Duration.ofMinutes(5));
    }

    static List<String> run(ProcessBuilder builder, Duration most) {
        String name = String.join(" ", builder.command());
        try {
            Path said = Files.createTempFile("tean-", ".err");
            builder.redirectError(said.toFile());
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " has not ended after " + most.toSeconds() + " s");
            }
            String errors = Files.readString(said);
            Files.delete(said);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        name + " ended with " + process.exitValue() + ": " + output.strip() + " " + errors.strip());
            }
            return Arrays.stream(output.split("\n", -1))
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + name, e);
        }
    }
}
