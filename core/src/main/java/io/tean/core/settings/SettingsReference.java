package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of all settings, read off the declarations in this package. */
public final class SettingsReference {
    private SettingsReference() {}

    /**
     * One setting.
     *
     * @param variable in the environment
     * @param path in a file
     * @param fallback its default; empty: none
     * @param range in words; empty: none
     */
    public record Entry(
            String variable,
            String path,
            String kind,
            String fallback,
            String range,
            String meaning,
            @Nullable Range limits) {}

    /** All settings, in the order of their paths. */
    public static List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        collect("tean", TeanSettings.class, entries);
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    static Set<String> names() {
        return all().stream().map(Entry::variable).collect(Collectors.toSet());
    }

    static Set<String> paths() {
        return all().stream().map(Entry::path).collect(Collectors.toSet());
    }

    static String environmentName(String path) {
        return path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void collect(String prefix, Class<?> group, List<Entry> entries) {
        for (Method method : group.getDeclaredMethods()) {
            String path =
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Setting meaning = method.getAnnotation(Setting.class);
            if (meaning == null) {
                collect(path, method.getReturnType(), entries);
                continue;
            }
            WithDefault fallback = method.getAnnotation(WithDefault.class);
            Range limits = method.getAnnotation(Range.class);
            entries.add(new Entry(
                    environmentName(path),
                    path,
                    kind(method),
                    fallback == null ? "" : fallback.value(),
                    limits == null ? "" : limits.least() + " to " + limits.most() + unit(method),
                    meaning.value(),
                    limits));
        }
    }

    private static String unit(Method method) {
        return method.getReturnType() == java.time.Duration.class ? " seconds" : "";
    }

    private static String kind(Method method) {
        String kind = method.getGenericReturnType() instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[0].getTypeName()
                : method.getReturnType().getTypeName();
        return switch (kind) {
            case "int", "long" -> "whole number";
            case "java.time.Duration" -> "duration";
            case "java.net.URI" -> "address";
            case "java.util.List<java.nio.file.Path>" -> "folders";
            default -> "text";
        };
    }
}
