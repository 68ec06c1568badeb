package io.tean.dashboards.route;

import io.tean.dashboards.screen.Word;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request that is not carried out, for a reason that may be told: as a page to people, as problem details to programs. Thrown, because
 * it ends the handling wherever it is found; it carries no stack trace, for it is no bug.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 20;
    private static final int LONGEST_NAMED = 60;

    /** Why; the number is the HTTP status. */
    public enum Reason {
        BAD_REQUEST(400, Word.ERROR_400),
        NO_LOGIN(401, Word.ERROR_401),
        NOT_ALLOWED(403, Word.ERROR_403),
        NO_CSRF(403, Word.ERROR_CSRF),
        NOT_FOUND(404, Word.ERROR_404),
        WRONG_METHOD(405, Word.ERROR_405),
        CONFLICT(409, Word.ERROR_409),
        TOO_LARGE(413, Word.ERROR_413),
        ADDRESS_TOO_LONG(414, Word.ERROR_414),
        WRONG_TYPE(415, Word.ERROR_415),
        WRONG_FIELDS(422, Word.ERROR_422),
        TOO_MANY(429, Word.ERROR_429),
        HEAD_TOO_LARGE(431, Word.ERROR_431),
        BUG(500, Word.ERROR_500),
        BUSY(503, Word.ERROR_BUSY),
        DATABASE_AWAY(503, Word.ERROR_DATABASE);

        private final int status;
        private final Word word;

        Reason(int status, Word word) {
            this.status = status;
            this.word = word;
        }

        public int status() {
            return status;
        }

        Word word() {
            return word;
        }

        /** As in a problem's type, such as {@code not-found}. */
        String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Reason> of(int status) {
            for (Reason reason : values()) {
                if (reason.status == status) {
                    return Optional.of(reason);
                }
            }
            return Optional.empty();
        }
    }

    private final Reason reason;
    private final Map<String, String> fields;

    private Refusal(Reason reason, String detail, Map<String, String> fields) {
        super(detail, null, false, false);
        this.reason = reason;
        this.fields = Map.copyOf(fields);
    }

    public static Refusal of(Reason reason, String detail) {
        return new Refusal(reason, detail, Map.of());
    }

    /** There is no such thing, or it is not within the viewer's scope: nobody can tell which. */
    public static Refusal notFound() {
        return of(Reason.NOT_FOUND, "there is nothing at this address for this account");
    }

    /** One parameter cannot be used; it says what would do. */
    public static Refusal badParameter(String name, String problem) {
        return new Refusal(Reason.BAD_REQUEST, name + ": " + problem, Map.of(name, problem));
    }

    /** A body has fields that it may not have; nothing is assigned by the way. */
    public static Refusal unknownFields(Set<String> names, Set<String> known) {
        String would = known.isEmpty() ? "there is none" : "there are " + String.join(", ", new TreeSet<>(known));
        Map<String, String> problems = names.stream()
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.toMap(Refusal::shortened, name -> "no such field: " + would, (a, b) -> a));
        return new Refusal(
                Reason.BAD_REQUEST,
                "no such fields: " + String.join(", ", new TreeSet<>(problems.keySet())) + "; " + would,
                problems);
    }

    private static String shortened(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST_NAMED ? line.substring(0, LONGEST_NAMED) + "…" : line;
    }

    /** Fields of a body or form that cannot be used, each with what would do. */
    public static Refusal wrongFields(Map<String, String> problems) {
        return new Refusal(Reason.WRONG_FIELDS, "some fields cannot be used", problems);
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong, by field; English, for programs. */
    Map<String, String> fields() {
        return fields;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
