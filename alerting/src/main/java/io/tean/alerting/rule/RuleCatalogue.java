package io.tean.alerting.rule;

import dev.cel.compiler.CelCompiler;
import io.tean.core.alert.RuleBook;
import io.tean.core.stream.ResourceFolder;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** All alert rules by name, checked. */
public final class RuleCatalogue implements RuleBook {
    /** Who must act on an alert; what that means, the routing says. */
    public static final Set<String> DISPATCH_CLASSES = Collections.unmodifiableSet(
            new TreeSet<>(Set.of("rescue", "maintenance", "inspection", "use-unit", "filling", "firm", "system")));
    /** Told when conditions of other rules stay unknown for too long. */
    public static final String BLIND = "rule-blind";

    private static final String FOLDER = "io/tean/alerting/rule/rules/";

    private final Map<String, Rule> rules;
    /** Where each rule was read. */
    private final Map<String, String> files;

    private RuleCatalogue(Map<String, Rule> rules, Map<String, String> files) {
        this.rules = Collections.unmodifiableMap(rules);
        this.files = Map.copyOf(files);
    }

    /**
     * The rules that Tean brings along.
     *
     * @throws RuleException naming every problem of every file with line and column
     */
    public static RuleCatalogue builtIn(StreamCatalogue streams) {
        return load(streams, List.of());
    }

    /**
     * With those in the YAML files of a site's folders; a rule of the same name there takes the place of the one that Tean brings along. A file
     * is called as its rule, so that a folder has each name once.
     */
    public static RuleCatalogue load(StreamCatalogue streams, Collection<Path> folders) {
        Map<String, Rule> rules = new TreeMap<>();
        Map<String, String> read = new HashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, CelCompiler> compilers = new HashMap<>();
        ResourceFolder.files(FOLDER, ".yaml")
                .forEach((file, yaml) -> new RuleFile(file, yaml, streams, compilers, problems)
                        .read()
                        .ifPresent(rule -> {
                            rules.put(rule.name(), rule);
                            read.put(rule.name(), FOLDER + file);
                        }));
        for (Path folder : folders) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    new RuleFile(file.toString(), Files.readString(file), streams, compilers, problems)
                            .read()
                            .ifPresent(rule -> {
                                rules.put(rule.name(), rule);
                                read.put(rule.name(), file.toString());
                            });
                }
            } catch (IOException e) {
                problems.add(folder + ": cannot read the folder of alert rules: " + e);
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(String.join(System.lineSeparator(), problems));
        }
        return new RuleCatalogue(rules, read);
    }

    /** In the order of their names. */
    public Collection<Rule> all() {
        return rules.values();
    }

    @Override
    public List<Entry> entries() {
        return rules.values().stream()
                .map(rule -> RuleTexts.of(rule, files.getOrDefault(rule.name(), "")))
                .toList();
    }

    /** The names of those for which it holds, in order. */
    public List<String> names(Predicate<Rule> which) {
        return rules.values().stream().filter(which).map(Rule::name).toList();
    }

    public Optional<Rule> rule(String name) {
        return Optional.ofNullable(rules.get(name));
    }
}
