package io.tean.dashboards.score;

import io.tean.core.stream.ResourceFolder;
import io.tean.dashboards.DashboardsException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tables of scoring rules that this service has, the newest first. */
public final class ScoreBook {
    private static final String FOLDER = "io/tean/dashboards/score/tables/";

    private final List<ScoreTable> tables;

    private ScoreBook(List<ScoreTable> tables) {
        this.tables = List.copyOf(tables);
    }

    /** @throws DashboardsException when a table cannot be used, with all that is wrong, each by file and line */
    public static ScoreBook builtIn() {
        return of(ResourceFolder.files(FOLDER, ".yaml"));
    }

    /** @param files texts by name */
    static ScoreBook of(Map<String, String> files) {
        List<String> problems = new ArrayList<>();
        List<ScoreTable> tables = new ArrayList<>();
        files.forEach((name, yaml) -> new ScoreFile(name, problems).read(yaml).ifPresent(tables::add));
        if (!problems.isEmpty()) {
            throw new DashboardsException("scoring rules cannot be used:\n" + String.join("\n", problems));
        }
        tables.sort(Comparator.comparing(ScoreTable::effective).reversed());
        return new ScoreBook(tables);
    }

    /** The table by which a month is scored; empty before the first one. */
    Optional<ScoreTable> of(YearMonth month) {
        return tables.stream()
                .filter(table -> !table.effective().isAfter(month))
                .findFirst();
    }

    /** The first month that is scored. */
    YearMonth first() {
        return tables.getLast().effective();
    }
}
