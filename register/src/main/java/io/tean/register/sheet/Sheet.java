package io.tean.register.sheet;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One kind of file: its headings, and what makes two rows the same thing.
 *
 * @param name as commands and pages call it, such as {@code equipment}
 * @param key names of headings
 */
public record Sheet(
        String name, String en, String zh, List<String> key, List<Heading> headings, List<RowCheck> rowChecks) {
    public Sheet {
        key = List.copyOf(key);
        headings = List.copyOf(headings);
        rowChecks = List.copyOf(rowChecks);
    }

    public List<String> names() {
        return headings.stream().map(Heading::name).toList();
    }

    /** The first row of a file that is written. */
    public List<String> headings(Language language) {
        return headings.stream().map(heading -> heading.in(language)).toList();
    }

    public int indexOf(String heading) {
        return names().indexOf(heading);
    }

    /**
     * Which heading stands in which column of a file.
     *
     * @param first the file's first row
     * @return for each column the place of its heading in the sheet; -1 for the column that said what was wrong
     * @throws UnreadableFileException when a heading is unknown or twice, or a needed one is missing
     */
    public int[] columns(List<String> first) {
        int[] columns = new int[first.size()];
        Set<String> unknown = new LinkedHashSet<>();
        boolean[] seen = new boolean[headings.size()];
        for (int i = 0; i < columns.length; i++) {
            String text = first.get(i).replace("\uFEFF", "").strip().replaceFirst("\\s*\\*$", "");
            columns[i] = isProblem(text) ? -1 : place(text);
            if (columns[i] < 0) {
                if (!isProblem(text)) {
                    unknown.add(text);
                }
            } else if (seen[columns[i]]) {
                throw new UnreadableFileException("row 1: column " + text + " stands there twice");
            } else {
                seen[columns[i]] = true;
            }
        }
        for (int i = 0; i < seen.length; i++) {
            if (headings.get(i).needed() && !seen[i]) {
                throw new UnreadableFileException("row 1: column "
                        + headings.get(i).name() + " is missing"
                        + (unknown.isEmpty() ? "" : " and " + unknown + " are unknown") + "; " + whichColumns());
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnreadableFileException("row 1: unknown columns " + unknown + "; " + whichColumns());
        }
        return columns;
    }

    private String whichColumns() {
        return "the columns are "
                + headings.stream().map(h -> h.name() + "/" + h.zh()).collect(Collectors.joining(","));
    }

    private static boolean isProblem(String text) {
        for (Language language : Language.values()) {
            if (language.problem().equals(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private int place(String text) {
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).isCalled(text)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Checks a row and brings its cells to the form in which they are stored.
     *
     * @param raw the cells in the order of the headings; null where the file has no such column
     * @param problem gets the name of a heading and what is wrong with its cell
     * @return the cells in the same order; null where there is nothing, or nothing good
     */
    public @Nullable String[] read(@Nullable String[] raw, LocalDate today, BiConsumer<String, String> problem) {
        @Nullable String[] good = new String[raw.length];
        Map<String, String> cells = new HashMap<>();
        boolean sound = true;
        for (int i = 0; i < raw.length; i++) {
            String text = raw[i];
            if (text == null) {
                continue;
            }
            Heading heading = headings.get(i);
            Optional<String> wrong = Optional.empty();
            if (text.isEmpty()) {
                wrong = heading.needed() ? Optional.of("must be filled") : wrong;
            } else if (text.indexOf(0) >= 0) {
                wrong = Optional.of("holds a zero character");
            } else {
                switch (heading.type().check().read(Formula.unguarded(text), today)) {
                    case Cell.Good(String stored) -> {
                        good[i] = stored;
                        cells.put(heading.name(), stored);
                    }
                    case Cell.Bad(String reason) -> wrong = Optional.of(reason);
                }
            }
            if (wrong.isPresent()) {
                sound = false;
                problem.accept(heading.name(), wrong.get());
            }
        }
        if (sound) {
            for (RowCheck check : rowChecks) {
                check.condition().whyNot(cells).ifPresent(reason -> problem.accept(check.heading(), reason));
            }
        }
        return good;
    }
}
