package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.app.load.Browser;
import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandIT {
    private static final Pattern FIRST_START =
            Pattern.compile("first start: log in as admin with the one-time password (\\S+) within three days, .*");
    private static final Pattern READY = Pattern.compile("ready: .* people (http://\\S+)/, .*");

    private final TestDatabase database = TestDatabase.fresh();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void the_first_start_says_once_how_the_administrator_logs_in_and_no_log_has_it() throws Exception {
        String password;
        try (Served first = new Served("first");
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(first.said()).hasSize(2);
            Matcher line = FIRST_START.matcher(first.said().getFirst());
            assertThat(line.matches()).as(first.said().getFirst()).isTrue();
            password = line.group(1);

            Browser browser = new Browser(first.address(), http);
            assertThat(browser.logIn("admin", password).location()).isEqualTo("/");
            assertThat(browser.get("/").location()).isEqualTo("/password");
            assertThat(browser.get("/password").status()).isEqualTo(200);
        }
        try (Served second = new Served("second")) {
            assertThat(second.said()).singleElement().asString().matches(READY);
        }
        assertThat(folder.resolve("first.err"))
                .content()
                .contains("pages at http")
                .doesNotContain(password);
        assertThat(folder.resolve("second.err")).content().doesNotContain(password);
    }

    /** The service as a process, from when it is ready until it has stopped. */
    private final class Served implements AutoCloseable {
        private final Path out;
        private final Process process;

        Served(String name) throws IOException {
            out = folder.resolve(name + ".out");
            process = Ran.process(database, "serve")
                    .redirectOutput(out.toFile())
                    .redirectError(folder.resolve(name + ".err").toFile())
                    .start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || said().stream().anyMatch(READY.asMatchPredicate()));
        }

        List<String> said() {
            try {
                return Files.readAllLines(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        URI address() {
            Matcher ready = READY.matcher(said().getLast());
            assertThat(ready.matches()).as(said().getLast()).isTrue();
            return URI.create(ready.group(1));
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
