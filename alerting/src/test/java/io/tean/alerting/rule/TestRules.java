package io.tean.alerting.rule;

import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules for tests, beside those that Tean brings along; read from files as any other. */
public final class TestRules {
    private static final String REST = """
            version: 1
            effective: 2026-11-22
            title: {zh: 试验, en: Test}
            advice: {zh: 无, en: None}
            source: test
            clause: {zh: 无, en: none}
            mark: derived
            dispatch: maintenance
            examples:
              fires:
                - {name: yes, readings: [], subjects: []}
              silent:
                - {name: no, readings: [], subjects: []}
            """;

    private TestRules() {}

    /** @param lines further lines of the file */
    public static String telemetry(String name, String severity, String... lines) {
        return file(name, "machine", severity, """
                on:
                  - {stream: elevator-event, when: code == 55}
                """, lines);
    }

    public static String sweep(String name, String severity, String every, String sql, String... lines) {
        return file(name, "machine", severity, "every: " + every + "\nsql: |\n" + sql.indent(2), lines);
    }

    public static String file(String name, String subject, String severity, String what, String... lines) {
        return "rule: %s%nsubject: %s%nseverity: %s%n".formatted(name, subject, severity)
                + REST
                + what
                + String.join("\n", lines)
                + "\n";
    }

    public static RuleCatalogue catalogue(String... files) {
        try {
            Path folder = Files.createTempDirectory("tean-rules-");
            List<Path> written = new ArrayList<>();
            try {
                for (String yaml : files) {
                    String name = Arrays.stream(
                                    yaml.lines().findFirst().orElseThrow().split(" "))
                            .toList()
                            .getLast();
                    written.add(Files.writeString(folder.resolve(name + ".yaml"), yaml));
                }
                return RuleCatalogue.load(StreamCatalogue.builtIn(), List.of(folder));
            } finally {
                for (Path file : written) {
                    Files.delete(file);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
