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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings from the environment and, below it, from the file that {@code TEAN_CONFIG} names. */
public final class Settings {
    /** Variables of ours that the commands in bin/ and the log read. */
    private static final Set<String> NO_SETTINGS =
            Set.of("TEAN_CONFIG", "TEAN_HOME", "TEAN_JAVA_FLAGS", "TEAN_LOG_LEVEL", "TEAN_PROGRAM");

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
            if (names.contains(key)) {
                known.put(key, value);
            } else if (key.startsWith("TEAN_") && !NO_SETTINGS.contains(key)) {
                problems.add("there is no setting " + key + "; docs/settings.md lists all of them");
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
        checkLimits(known, file, problems);
        try {
            TeanSettings settings = new SmallRyeConfigBuilder()
                    .withSources(new EnvConfigSource(known, ENVIRONMENT_ORDINAL))
                    .withSources(new PropertiesConfigSource(file, "TEAN_CONFIG", FILE_ORDINAL))
                    .withConverter(Duration.class, 200, new Durations())
                    .withMapping(TeanSettings.class)
                    .build()
                    .getConfigMapping(TeanSettings.class);
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

    private static final Pattern MISSING = Pattern.compile("The config property (tean\\.\\S+) is required.*");
    private static final Pattern UNREADABLE = Pattern.compile(
            "The config property (tean\\.\\S+) with the config value \"(.*?)\" (threw an Exception whilst being converted|couldn't be converted.*?)(.*)");

    private static String inOurWords(String message) {
        String text = message.replaceFirst("^(java\\.\\S+Exception: )?(SRCFG\\d+: )?", "");
        Matcher missing = MISSING.matcher(text);
        if (missing.matches()) {
            return SettingsReference.environmentName(missing.group(1)) + " is missing: set it in the environment or as "
                    + missing.group(1) + " in the file that TEAN_CONFIG names";
        }
        Matcher unreadable = UNREADABLE.matcher(text);
        return unreadable.matches()
                ? SettingsReference.environmentName(unreadable.group(1)) + " is '" + unreadable.group(2) + "': "
                        + unreadable
                                .group(4)
                                .replaceFirst("^\\s*SRCFG\\d+:", "")
                                .strip()
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

    /** Beside what the mapping finds, and whether or not it finds anything: everything is to be said at once. */
    private static void checkLimits(Map<String, String> environment, Map<String, String> file, List<String> problems) {
        for (SettingsReference.Entry entry : SettingsReference.all()) {
            String text = environment.getOrDefault(entry.variable(), file.getOrDefault(entry.path(), entry.fallback()));
            Range limits = entry.limits();
            if (limits != null && !isWithin(text, limits)) {
                problems.add(entry.variable() + " is " + text + ": it must lie between "
                        + entry.range().replace(" to ", " and "));
            }
            if (entry.variable().equals("TEAN_PUBLIC_URL")
                    && !text.startsWith("http://")
                    && !text.startsWith("https://")) {
                problems.add("TEAN_PUBLIC_URL is '" + text + "': it must begin with http:// or https://");
            }
            if (entry.variable().equals("TEAN_DB_URL") && !text.isEmpty() && !text.startsWith("jdbc:postgresql:")) {
                problems.add("TEAN_DB_URL must begin with jdbc:postgresql:");
            }
        }
    }

    /** A text that is no number at all is for the mapping to find. */
    private static boolean isWithin(String text, Range limits) {
        try {
            long value = Character.isDigit(text.charAt(text.length() - 1))
                    ? Long.parseLong(text.strip())
                    : new Durations().convert(text).toSeconds();
            return value >= limits.least() && value <= limits.most();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return true;
        }
    }
}
