package io.tean.core.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Reads the settings from the environment and, below it, from the file that {@code TEAN_CONFIG} names. */
public final class Settings {
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 200;

    private Settings() {}

    /**
     * @param environment such as {@code System.getenv()}
     * @throws SettingsException with all problems at once
     */
    public static TeanSettings read(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<String, String> file = file(environment, problems);
        Map<String, String> known = new HashMap<>();
        Set<String> names = SettingsReference.names();
        environment.forEach((key, value) -> {
            if (key.startsWith("TEAN_") && names.contains(key)) {
                known.put(key, value);
            }
        });
        Set<String> paths = SettingsReference.paths();
        for (String key : new TreeSet<>(file.keySet())) {
            if (!paths.contains(key)) {
                problems.add(environment.get("TEAN_CONFIG") + ": there is no setting " + key
                        + "; docs/settings.md lists all of them");
            }
        }
        file.keySet().retainAll(paths);
        try {
            TeanSettings settings = new SmallRyeConfigBuilder()
                    .withSources(new EnvConfigSource(known, ENVIRONMENT_ORDINAL))
                    .withSources(new PropertiesConfigSource(file, "TEAN_CONFIG", FILE_ORDINAL))
                    .withConverter(Duration.class, 200, new Durations())
                    .withMapping(TeanSettings.class)
                    .build()
                    .getConfigMapping(TeanSettings.class);
            check(settings, problems);
            if (problems.isEmpty()) {
                return settings;
            }
        } catch (ConfigValidationException e) {
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.add(inOurWords(e.getProblem(i).getMessage()));
            }
        }
        throw new SettingsException(problems);
    }

    private static String inOurWords(String message) {
        String text = message.replaceFirst("^(java\\.\\S+Exception: )?(SRCFG\\d+: )?", "");
        var missing = java.util.regex.Pattern.compile("The config property (tean\\.\\S+) is required.*")
                .matcher(text);
        return missing.matches()
                ? SettingsReference.environmentName(missing.group(1)) + " is missing: set it in the environment or as "
                        + missing.group(1) + " in the file that TEAN_CONFIG names"
                : text;
    }

    private static Map<String, String> file(Map<String, String> environment, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        String name = environment.get("TEAN_CONFIG");
        if (name != null && !name.isBlank()) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(name))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("TEAN_CONFIG: cannot read " + name + ": " + e);
            }
            properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        }
        return values;
    }

    private static void check(TeanSettings s, List<String> problems) {
        port("TEAN_MQTT_PORT", s.mqtt().port(), problems);
        port("TEAN_HTTP_PORT", s.http().port(), problems);
        range("TEAN_MQTT_MAX_PACKET_BYTES", s.mqtt().maxPacketBytes(), 1024, 16 << 20, problems);
        range("TEAN_MQTT_RECEIVE_MAXIMUM", s.mqtt().receiveMaximum(), 1, 65_535, problems);
        range("TEAN_MQTT_MAX_CONNECTIONS", s.mqtt().maxConnections(), 1, 1_000_000, problems);
        range("TEAN_MQTT_MAX_KEEP_ALIVE", s.mqtt().maxKeepAlive().toSeconds(), 1, 65_535, problems);
        range("TEAN_INGEST_LANES", s.ingest().lanes(), 1, 64, problems);
        range("TEAN_INGEST_BATCH_ROWS", s.ingest().batchRows(), 1, 65_536, problems);
        range("TEAN_INGEST_MAX_ARRAY", s.ingest().maxArray(), 1, 10_000, problems);
        range("TEAN_INGEST_MAX_MESSAGES", s.ingest().maxMessages(), 1, 10_000_000, problems);
        range("TEAN_INGEST_MAX_BYTES", s.ingest().maxBytes(), s.mqtt().maxPacketBytes(), Long.MAX_VALUE, problems);
        String scheme = s.publicUrl().getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            problems.add("TEAN_PUBLIC_URL is '" + s.publicUrl() + "': it must begin with http:// or https://");
        }
        if (!s.db().url().startsWith("jdbc:postgresql:")) {
            problems.add("TEAN_DB_URL must begin with jdbc:postgresql:");
        }
    }

    private static void port(String name, long value, List<String> problems) {
        range(name, value, 0, 65_535, problems);
    }

    private static void range(String name, long value, long least, long most, List<String> problems) {
        if (value < least || value > most) {
            problems.add(name + " is " + value + ": it must lie between " + least + " and " + most);
        }
    }
}
