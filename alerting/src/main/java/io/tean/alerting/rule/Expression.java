package io.tean.alerting.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition in CEL, type-checked, that answers true, false or unknown and cannot fail: it has no function that may. Thread-safe.
 */
public final class Expression {
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().build();
    private static final Optional<Object> MISSING = Optional.of(CelUnknownSet.create(0L));
    private static final Set<String> FUNCTIONS = Set.of(
            "_&&_",
            "_||_",
            "!_",
            "_==_",
            "_!=_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "_+_",
            "_-_",
            "_*_",
            "_/_",
            "-_",
            "@in",
            "_?_:_",
            "double",
            "size",
            "startsWith",
            "endsWith",
            "contains");
    /** On whole numbers these may overflow. */
    private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

    private final String text;
    private final Set<String> variables;
    private final CelRuntime.Program program;

    private Expression(String text, Set<String> variables, CelRuntime.Program program) {
        this.text = text;
        this.variables = variables;
        this.program = program;
    }

    /** Something wrong at a place in the text; line and column from 1. */
    record Problem(int line, int column, String message) {}

    /** Why a text is no expression. */
    static final class NotValid extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient java.util.List<Problem> problems;

        NotValid(java.util.List<Problem> problems) {
            super(problems.toString());
            this.problems = problems;
        }

        java.util.List<Problem> problems() {
            return problems;
        }
    }

    /** @param names what it may use, with types */
    static CelCompiler compiler(Map<String, CelType> names) {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder().setResultType(SimpleType.BOOL);
        names.forEach(builder::addVar);
        return builder.build();
    }

    static Expression compile(CelCompiler compiler, String text) throws NotValid {
        try {
            CelAbstractSyntaxTree ast = compiler.compile(text).getAst();
            java.util.List<Problem> problems = CelNavigableAst.fromAst(ast)
                    .getRoot()
                    .allNodes()
                    .flatMap(node -> refusal(ast, node.expr()).stream()
                            .map(message -> at(ast, node.expr().id(), message)))
                    .toList();
            if (!problems.isEmpty()) {
                throw new NotValid(problems);
            }
            Set<String> variables = ast.getReferenceMap().values().stream()
                    .filter(reference -> reference.overloadIds().isEmpty())
                    .map(reference -> reference.name())
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Expression(text, variables, RUNTIME.createProgram(ast));
        } catch (CelValidationException e) {
            throw new NotValid(e.getErrors().stream().map(Expression::problem).toList());
        } catch (CelEvaluationException e) {
            throw new NotValid(java.util.List.of(new Problem(1, 1, oneLine(e.getMessage()))));
        }
    }

    private static Problem problem(CelIssue issue) {
        return new Problem(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                oneLine(issue.getMessage()));
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).replaceAll("\\s+", " ");
    }

    private static Problem at(CelAbstractSyntaxTree ast, long id, String message) {
        return ast.getSource()
                .getOffsetLocation(ast.getSource().getPositionsMap().getOrDefault(id, 0))
                .map(at -> new Problem(at.getLine(), at.getColumn() + 1, message))
                .orElse(new Problem(1, 1, message));
    }

    /** Why a part could fail when it is asked. */
    private static Optional<String> refusal(CelAbstractSyntaxTree ast, CelExpr part) {
        if (part.getKind() != CelExpr.ExprKind.Kind.CALL) {
            return Optional.empty();
        }
        String function = part.call().function();
        if (!FUNCTIONS.contains(function)) {
            return Optional.of("'" + function + "' is not for rules, which must not fail; known are " + FUNCTIONS);
        }
        if (ARITHMETIC.contains(function)
                && ast.getType(part.id()).filter(SimpleType.INT::equals).isPresent()) {
            return Optional.of("whole numbers may overflow; reckon with double(x)");
        }
        if (function.equals("_/_")
                && !(part.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && part.call().args().get(1).constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
                        && part.call().args().get(1).constant().doubleValue() != 0)) {
            return Optional.of("divide by a written number that is not 0, or multiply the other side");
        }
        return Optional.empty();
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** The names that it uses. */
    public Set<String> variables() {
        return variables;
    }

    public Truth ask(Values values) {
        try {
            Object answer = program.eval(name -> {
                Object value = values.of(name);
                return value == null ? MISSING : Optional.of(value);
            });
            if (Boolean.TRUE.equals(answer)) {
                return Truth.TRUE;
            }
            return Boolean.FALSE.equals(answer) ? Truth.FALSE : Truth.UNKNOWN;
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression failed: " + text, e);
        }
    }

    /** The values that it uses, as far as they are known. */
    public Map<String, Object> seen(Values values) {
        Map<String, Object> seen = new TreeMap<>();
        for (String name : variables) {
            if (!name.startsWith(Vocabulary.KNOWN)) {
                Object value = values.of(name);
                if (value != null) {
                    seen.put(name, value);
                }
            }
        }
        return seen;
    }

    @Override
    public String toString() {
        return text;
    }
}
