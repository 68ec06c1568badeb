package io.tean.dashboards.register;

import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One column of a list, or one fact of an entry.
 *
 * @param name in the statement and in the API; its heading is the word FIELD_name
 * @param family of the words for its codes; blank when it has none
 * @param sort the word that the list is sorted by it with; blank when it cannot be
 * @param shown whether the page shows it too, and not only the file
 * @param link to a page of what it names, by another value of the row
 */
public record Column(String name, String family, String sort, boolean shown, Optional<Link> link) {
    /** Where a name leads. */
    public record Link(Route route, String id) {}

    private static final Pattern SHORT = Pattern.compile("(.*_)?(code|on|at|to|until)|telephone");

    public static Column of(String name) {
        return new Column(name, "", "", true, Optional.empty());
    }

    public Column in(String words) {
        return new Column(name, words, sort, shown, link);
    }

    Column sortedBy(String word) {
        return new Column(name, family, word, shown, link);
    }

    Column inFilesOnly() {
        return new Column(name, family, sort, false, link);
    }

    public Column to(Route route, String id) {
        return new Column(name, family, sort, shown, Optional.of(new Link(route, id)));
    }

    /** Whether its values are short and stand on one line: terms, codes, days. */
    public boolean isShort() {
        return !family.isEmpty() || SHORT.matcher(name).matches();
    }

    public Word title() {
        return Word.of("FIELD", name).orElseThrow(() -> new IllegalStateException("no word FIELD_" + name));
    }

    /** As a person reads it; a dash for nothing. */
    public String text(Row row, Tongue t) {
        String text = said(row.value(name), t);
        return text.isEmpty() ? "–" : text;
    }

    /** Empty when it leads nowhere. */
    public String address(Row row) {
        return link.filter(to -> !row.text(to.id()).isEmpty())
                .map(to -> to.route().path(row.text(to.id())))
                .orElse("");
    }

    /** For a file: a number stays one. */
    Object cell(Row row, Tongue t) {
        Optional<Object> value = row.value(name);
        return value.filter(Number.class::isInstance).orElseGet(() -> said(value, t));
    }

    private String said(Optional<Object> value, Tongue t) {
        if (value.isEmpty()) {
            return "";
        }
        return switch (value.get()) {
            case Instant time -> t.time(time);
            case Boolean yes -> t.say(yes ? Word.YES : Word.NO);
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case List<?> texts ->
                texts.stream().map(text -> term(text.toString(), t)).collect(Collectors.joining(", "));
            case Object other -> term(other.toString(), t);
        };
    }

    private String term(String code, Tongue t) {
        return family.isEmpty() ? code : t.term(family, code);
    }
}
