package io.tean.alerting.notice;

import io.tean.alerting.rule.RuleException;
import io.tean.core.alert.Severity;
import io.tean.core.stream.ResourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** All routes by name, checked. */
public final class Routes {
    private static final String FOLDER = "io/tean/alerting/notice/routes/";

    private final Map<String, Route> routes;
    private final Digests digests;

    /**
     * How small notices come together.
     *
     * @param storm more than so many that are not urgent, for one recipient within a minute, become one
     * @param at when the digests of a day are sent, China time; those of a week on Monday
     */
    record Digests(int storm, LocalTime at) {}

    private Routes(Map<String, Route> routes, Digests digests) {
        this.routes = Collections.unmodifiableMap(routes);
        this.digests = digests;
    }

    /** The routes that Tean brings along. */
    public static Routes builtIn() {
        return load(List.of());
    }

    /**
     * With those in the YAML files of a site's folders; a route of the same name there takes the place of the one that Tean brings along.
     *
     * @throws RuleException naming every problem of every file
     */
    public static Routes load(Collection<Path> folders) {
        Map<String, String> files = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        files.putAll(ResourceFolder.files(FOLDER, ".yaml"));
        List<RouteFile> read = new ArrayList<>();
        files.forEach((name, yaml) -> read.add(new RouteFile(name, yaml, problems)));
        for (Path folder : folders) {
            try (var list = Files.list(folder)) {
                for (Path file : list.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    read.add(new RouteFile(file.toString(), Files.readString(file), problems));
                }
            } catch (IOException e) {
                problems.add(folder + ": cannot read the folder of routes: " + e);
            }
        }
        Map<String, Route> routes = new TreeMap<>();
        Digests digests = new Digests(5, LocalTime.of(8, 0));
        for (RouteFile file : read) {
            Optional<Digests> ofFile = file.digests();
            if (ofFile.isPresent()) {
                digests = ofFile.get();
            } else {
                file.route().ifPresent(route -> routes.put(route.name(), route));
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(String.join(System.lineSeparator(), problems));
        }
        return new Routes(routes, digests);
    }

    Digests digests() {
        return digests;
    }

    Collection<Route> all() {
        return routes.values();
    }

    /**
     * The steps that tell of it now.
     *
     * @param rule empty of a case
     * @param after of STAYED and UNANSWERED, which of their steps it is; when the route has it no longer, all of the occasion
     */
    List<Route.Step> steps(String dispatch, String occasion, Severity severity, String rule, Duration after) {
        List<Route.Step> all = routes.values().stream()
                .filter(route -> route.dispatch().equals(dispatch))
                .flatMap(route -> route.steps().stream())
                .filter(step -> step.isFor(occasion, severity, rule))
                .toList();
        List<Route.Step> exact =
                all.stream().filter(step -> step.after().equals(after)).toList();
        return exact.isEmpty() ? all : exact;
    }

    /** The delayed steps of an occasion. */
    List<Map.Entry<String, Route.Step>> delayed(String occasion) {
        return routes.values().stream()
                .flatMap(route -> route.steps().stream()
                        .filter(step -> step.occasions().contains(occasion))
                        .map(step -> Map.entry(route.dispatch(), step)))
                .toList();
    }

    /** The occasions that a route may name, beside CLEARED and CLOSED, which go to who was told of the opening. */
    static Collection<String> occasions(boolean ofCase) {
        return ofCase
                ? new TreeSet<>(List.of(
                        "CALLED",
                        "STOOD_DOWN",
                        "ARRIVAL_WARNING",
                        "ARRIVAL_MISSED",
                        "ACCIDENT_WARNING",
                        "ACCIDENT",
                        "NOBODY_LEFT"))
                : new TreeSet<>(List.of("OPENED", "REACTIVATED", "STAYED", "UNANSWERED"));
    }
}
