package io.tean.alerting.rule;

import dev.cel.compiler.CelCompiler;
import io.tean.core.alert.Severity;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamLocation;

/** Reads one file of the catalogue; every problem gets its place. */
final class RuleFile {
    private static final Duration UNKNOWN_AFTER = Duration.ofHours(1);

    private final String file;
    private final String yaml;
    private final StreamCatalogue streams;
    private final Map<String, CelCompiler> compilers;
    private final PlacedYaml placed;

    /** @param compilers by stream, filled as they are needed: they are dear */
    RuleFile(
            String file,
            String yaml,
            StreamCatalogue streams,
            Map<String, CelCompiler> compilers,
            List<String> problems) {
        this.file = file;
        this.yaml = yaml;
        this.streams = streams;
        this.compilers = compilers;
        this.placed = new PlacedYaml(file, yaml, problems);
    }

    /** The rule, when nothing is wrong with it. */
    Optional<Rule> read() {
        Optional<RuleText> text = placed.read(RuleText.class);
        Optional<Rule> rule = text.flatMap(t -> Optional.ofNullable(rule(t)));
        return placed.isGood() ? rule : Optional.empty();
    }

    @SuppressWarnings("NullAway") // what is missing has been told as a problem, and read() gives no rule then
    private @Nullable Rule rule(RuleText text) {
        placed.present("/rule", text.rule());
        if (text.rule() != null && !Path.of(file).endsWith(text.rule() + ".yaml")) {
            placed.problem(
                    "/rule", text.rule() + " stands in a file of another name; call it " + text.rule() + ".yaml");
        }
        if (text.version() == null || text.version() < 1) {
            placed.problem("/version", "version needs a whole number from 1");
        }
        placed.present("/effective", text.effective());
        placed.present("/title", text.title());
        placed.present("/advice", text.advice());
        placed.present("/source", text.source());
        placed.present("/clause", text.clause());
        placed.present("/mark", text.mark());
        SubjectKind subject = placed.word("/subject", text.subject(), SubjectKind.class);
        Severity severity = placed.word("/severity", text.severity(), Severity.class);
        placed.present("/dispatch", text.dispatch());
        if (text.dispatch() != null && !RuleCatalogue.DISPATCH_CLASSES.contains(text.dispatch())) {
            placed.problem(
                    "/dispatch",
                    text.dispatch() + " is no dispatch class, known are " + RuleCatalogue.DISPATCH_CLASSES);
        }
        if (text.closes() != null && !List.of("by_person", "when_cleared").contains(text.closes())) {
            placed.problem("/closes", text.closes() + " is neither by_person nor when_cleared");
        }
        if (severity == Severity.EMERGENCY && "when_cleared".equals(text.closes())) {
            placed.problem("/closes", "an emergency is closed by a person");
        }
        boolean byPerson = text.closes() == null
                ? severity == Severity.EMERGENCY || severity == Severity.CRITICAL
                : text.closes().equals("by_person");
        List<Condition> conditions = new ArrayList<>();
        List<RuleText.ConditionText> on = text.on() == null ? List.of() : text.on();
        for (int i = 0; i < on.size(); i++) {
            condition(i, on.get(i)).ifPresent(conditions::add);
        }
        Optional<Sweep> sweep = sweep(text);
        // This one the engine raises itself.
        boolean ofEngine = RuleCatalogue.BLIND.equals(text.rule());
        if (ofEngine && !(on.isEmpty() && sweep.isEmpty())) {
            placed.problem("/rule", text.rule() + " is raised by the engine itself; leave on:, every: and sql: away");
        }
        if (!ofEngine && on.isEmpty() == sweep.isEmpty() && placed.isGood()) {
            placed.problem("/rule", "a rule needs either on: with conditions, or every: and sql:");
        }
        List<Example> examples = new ArrayList<>();
        if (!ofEngine) {
            examples("fires", text.examples() == null ? null : text.examples().fires(), examples);
            examples("silent", text.examples() == null ? null : text.examples().silent(), examples);
        }
        if (text.rule() == null || text.version() == null) {
            return null;
        }
        return new Rule(
                text.rule(),
                text.version(),
                text.effective(),
                subject,
                severity,
                text.dispatch(),
                text.title(),
                text.advice(),
                text.source(),
                text.clause(),
                text.mark(),
                byPerson,
                Boolean.TRUE.equals(text.siteMutes()),
                conditions,
                sweep,
                examples);
    }

    private Optional<Condition> condition(int no, RuleText.ConditionText text) {
        String at = "/on/" + no;
        Optional<StreamDeclaration> stream = text.stream() == null ? Optional.empty() : streams.stream(text.stream());
        if (stream.isEmpty()) {
            placed.problem(
                    at + "/stream",
                    "stream " + text.stream() + " is not declared, known are "
                            + streams.all().stream()
                                    .map(StreamDeclaration::name)
                                    .toList());
            return Optional.empty();
        }
        Optional<Expression> when = expression(at + "/when", text.when(), stream.get());
        if (text.when() == null) {
            placed.problem(at, "when is missing");
        }
        Duration unknown = "expected".equals(text.unknown())
                ? Duration.ZERO
                : placed.duration(
                        at + "/unknown", text.unknown(), stream.get().key().isEmpty() ? UNKNOWN_AFTER : Duration.ZERO);
        Optional<Expression> clear = expression(at + "/clear", text.clear(), stream.get());
        Optional<Expression> unless = expression(at + "/unless", text.unless(), stream.get());
        Duration hold = placed.duration(at + "/for", text.hold(), Duration.ZERO);
        if (!hold.isZero() && !stream.get().key().isEmpty() && text.clear() == null) {
            placed.problem(at + "/for", "events do not last: without clear, for has no end");
        }
        return when.map(e -> new Condition(
                no, stream.get().name(), e, clear, unless, hold.toNanos() / 1000, unknown.toNanos() / 1000));
    }

    private Optional<Expression> expression(String path, @Nullable String text, StreamDeclaration stream) {
        if (text == null) {
            return Optional.empty();
        }
        CelCompiler compiler =
                compilers.computeIfAbsent(stream.name(), s -> Expression.compiler(Vocabulary.of(stream, streams)));
        try {
            return Optional.of(Expression.compile(compiler, text.strip()));
        } catch (Expression.NotValid e) {
            TokenStreamLocation start = placed.place(path).orElse(null);
            String[] lines = yaml.split("\n", -1);
            for (Expression.Problem problem : e.problems()) {
                int line = start == null ? 1 : start.getLineNr();
                int column = start == null ? 1 : start.getColumnNr();
                String first = line <= lines.length ? lines[line - 1] : "";
                String rest =
                        column <= first.length() ? first.substring(column - 1).strip() : "";
                if (rest.startsWith("|") || rest.startsWith(">")) {
                    // A block: its lines follow, indented.
                    line = Math.min(lines.length, line + problem.line());
                    String indented = lines[line - 1];
                    column = indented.length() - indented.stripLeading().length() + problem.column();
                } else {
                    line += problem.line() - 1;
                    column += problem.column() - 1 + (rest.startsWith("\"") || rest.startsWith("'") ? 1 : 0);
                }
                placed.problem(line, column, problem.message());
            }
            return Optional.empty();
        }
    }

    private Optional<Sweep> sweep(RuleText text) {
        if (text.every() == null && text.sql() == null) {
            return Optional.empty();
        }
        placed.present("/every", text.every());
        placed.present("/sql", text.sql());
        Duration every = placed.duration("/every", text.every(), Duration.ofMinutes(10));
        if (every.compareTo(Duration.ofSeconds(10)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            placed.problem("/every", text.every() + " is not from 10s to 1d");
        }
        return Optional.ofNullable(text.sql()).map(sql -> new Sweep(every, sql.strip()));
    }

    private void examples(String kind, @Nullable List<RuleText.ExampleText> texts, List<Example> into) {
        if (texts == null || texts.isEmpty()) {
            placed.problem(
                    "/examples", "examples/" + kind + " is missing: a rule needs an example and a counter-example");
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            RuleText.ExampleText text = texts.get(i);
            String at = "/examples/" + kind + "/" + i;
            if (text.name() == null) {
                placed.problem(at, "an example needs a name: what it shows");
            }
            into.add(new Example(
                    String.valueOf(text.name()),
                    kind.equals("fires"),
                    text.facts() == null ? Map.of() : text.facts(),
                    text.readings() == null ? List.of() : text.readings(),
                    placed.duration(at + "/until", text.until(), Duration.ZERO).toSeconds(),
                    text.given() == null ? "" : text.given(),
                    text.subjects() == null ? List.of() : text.subjects()));
        }
    }
}
