package io.tean.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bin/tean runs with: a scope in a pom can take a library away from it that the tests still see. */
class ShippedLibrariesIT {
    @Test
    void the_libraries_that_are_found_at_run_time_only_are_shipped() throws IOException {
        Path lib = TestDatabase.repository().resolve("app/target/lib");
        try (var files = Files.list(lib)) {
            List<String> names = files.map(f -> f.getFileName().toString()).toList();
            for (String needed : List.of(
                    "org.eclipse.paho.mqttv5.client",
                    "postgresql",
                    "flyway-database-postgresql",
                    "logback-classic",
                    "simulators")) {
                assertThat(names).anyMatch(name -> name.startsWith(needed + "-"));
            }
        }
    }
}
