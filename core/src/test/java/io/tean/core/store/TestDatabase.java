package io.tean.core.store;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.settings.Settings;
import io.tean.core.settings.TeanSettings;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A fresh, migrated database on a real TimescaleDB: on the server that bin/timescaledb gives (TEAN_DB_URL, Docker, or Debian's own
 * packages), in an instance of its own for tests. Dropped when closed.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String PASSWORD = "canary-Xq7-database-password";

    private static @Nullable String serverUrl;
    /** By tables, the migrated databases that this JVM's others are copies of: a migration costs seconds, a copy a moment. */
    private static final Map<String, TestDatabase> TEMPLATES = new HashMap<>();

    private final String name;
    private final String role;
    private final boolean copied;
    private final Map<String, String> environment;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private TestDatabase(String name, String role, boolean copied) {
        this.name = name;
        this.role = role;
        this.copied = copied;
        this.environment = environment(serverUrl(), name, role);
    }

    /** With the streams that Tean brings along. */
    public static TestDatabase fresh() {
        return fresh(StreamCatalogue.builtIn());
    }

    public static TestDatabase fresh(StreamCatalogue catalogue) {
        TestDatabase template = template(catalogue);
        String name = newName();
        administer(serverUrl(), "CREATE DATABASE " + name + " TEMPLATE " + template.name);
        return new TestDatabase(name, template.role, true);
    }

    /** Not migrated yet. */
    public static TestDatabase empty() {
        String name = newName();
        administer(serverUrl(), "CREATE DATABASE " + name);
        return new TestDatabase(name, name.replace("tean_test_", "tean_role_"), false);
    }

    private static synchronized TestDatabase template(StreamCatalogue catalogue) {
        String tables = catalogue.all().stream()
                .map(stream -> stream.table() + stream.columns())
                .collect(Collectors.joining(" "));
        return TEMPLATES.computeIfAbsent(tables, t -> {
            TestDatabase template = empty();
            new Schema(template.settings().db(), catalogue).migrate();
            // What is connected to a template keeps it from being copied; TimescaleDB's own worker connects by itself.
            administer(serverUrl(), "ALTER DATABASE " + template.name + " ALLOW_CONNECTIONS false");
            administer(
                    serverUrl(),
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + template.name
                            + "'");
            Runtime.getRuntime().addShutdownHook(new Thread(template::close));
            return template;
        });
    }

    private static String newName() {
        return "tean_test_" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    }

    private static Map<String, String> environment(String url, String name, String role) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TEAN_DB_URL", url.replaceFirst("^(jdbc:postgresql://[^/]+/)[^?]*.*$", "$1" + name));
        environment.put("TEAN_DB_OWNER", parameter(url, "user"));
        environment.put("TEAN_DB_OWNER_PASSWORD", parameter(url, "password"));
        environment.put("TEAN_DB_USER", role);
        environment.put("TEAN_DB_PASSWORD", PASSWORD);
        environment.put("TEAN_MQTT_PORT", "0");
        environment.put("TEAN_HTTP_PORT", "0");
        return environment;
    }

    /** Variables with which a service finds this database; ports are free ones. */
    public Map<String, String> environment() {
        return new HashMap<>(environment);
    }

    public TeanSettings settings() {
        return Settings.read(environment);
    }

    /** A pool of the service's role, closed together with the database. */
    public HikariDataSource pool() {
        HikariDataSource pool = new Database(settings().db()).pool(name, 6);
        pools.add(pool);
        return pool;
    }

    /** A connection of the owner, for what the service may not do. */
    public Connection owner() throws SQLException {
        return new Database(settings().db()).ownerConnection();
    }

    /** The settings with a role for Grafana, of which {@link Schema#migrate} makes one; dropped with the database. */
    public TeanSettings settingsWithReader() {
        Map<String, String> more = environment();
        more.put("TEAN_DB_READER", reader());
        more.put("TEAN_DB_READER_PASSWORD", PASSWORD);
        return Settings.read(more);
    }

    /** A connection of the role that Grafana reads with; migrate must have made it. */
    public Connection readerConnection() throws SQLException {
        return DriverManager.getConnection(environment.get("TEAN_DB_URL"), reader(), PASSWORD);
    }

    private String reader() {
        return name.replace("tean_test_", "tean_reader_");
    }

    /** Runs a statement as the owner. */
    public void execute(String sql) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The single number that a query gives. */
    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The single value that a query gives, as text. */
    public String text(String sql) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        String url = serverUrl();
        administer(url, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        if (!copied) {
            administer(url, "DROP ROLE IF EXISTS " + role);
        }
        administer(url, "DROP ROLE IF EXISTS " + reader());
    }

    private static void administer(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String parameter(String url, String name) {
        var found = java.util.regex.Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        if (!found.find()) {
            throw new IllegalStateException("TEAN_DB_URL must carry ?user=…&password=… of an owner for tests");
        }
        return found.group(1);
    }

    private static synchronized String serverUrl() {
        String url = serverUrl;
        if (url == null) {
            url = dockerMayAnswer() ? startContainer() : start();
            serverUrl = url;
        }
        return url;
    }

    /** A server that is named counts first; Testcontainers is not asked when there is no sign of Docker: asking takes seconds. */
    private static boolean dockerMayAnswer() {
        boolean sign = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return System.getenv("TEAN_DB_URL") == null
                && sign
                && DockerClientFactory.instance().isDockerAvailable();
    }

    /** Testcontainers ends the container together with this JVM. */
    @SuppressWarnings("resource")
    private static String startContainer() {
        GenericContainer<?> container = new GenericContainer<>("timescale/timescaledb:2.19.3-pg17")
                .withEnv("POSTGRES_USER", "tean_owner")
                .withEnv("POSTGRES_PASSWORD", "tests-only")
                .withExposedPorts(5432)
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
        container.start();
        return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432)
                + "/postgres?user=tean_owner&password=tests-only";
    }

    private static String start() {
        Path script = repository().resolve("bin/timescaledb");
        try {
            Process process = new ProcessBuilder(script.toString(), "start", "--instance", "test")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0 || !out.startsWith("jdbc:")) {
                throw new IllegalStateException("bin/timescaledb start --instance test gave no database; see above");
            }
            return out;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The folder that holds bin/, found from wherever the test runs. */
    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bin/timescaledb"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no bin/timescaledb above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
