package io.tean.register.intake;

import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import io.tean.register.landing.CylinderDue;
import io.tean.register.landing.Landings;
import io.tean.register.sheet.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Imports into a database for tests, on 22 November 2026; cylinders are due four years after their last inspection. */
public final class Intake {
    private static final List<Landing> LANDINGS = Landings.all((type, medium, made, inspected) ->
            inspected.or(() -> made).map(day -> new CylinderDue.Due(day.plusYears(4), "every-4-years")));

    private final TestDatabase database;
    private final DataSource pool;
    private final Imports imports;

    public Intake(TestDatabase database) {
        this(database, AfterIntake.NOTHING);
    }

    public Intake(TestDatabase database, AfterIntake after) {
        this.database = database;
        this.pool = database.pool();
        this.imports = new Imports(pool, () -> Instant.parse("2026-11-22T04:00:00Z"), LANDINGS, after);
    }

    public Imports imports() {
        return imports;
    }

    public Imported load(String kind, Path file, ImportMode mode) {
        return imports.run(
                ImportRequest.of(kind, file, file.getFileName().toString(), mode, Actor.command()), Progress.NOBODY);
    }

    public Imported load(String kind, String text) throws IOException {
        return load(kind, text, ImportMode.ALL_OR_NOTHING);
    }

    public Imported load(String kind, String text, ImportMode mode) throws IOException {
        Path file = Files.createTempFile("intake", ".csv");
        try {
            return load(kind, Files.writeString(file, text), mode);
        } finally {
            Files.delete(file);
        }
    }

    /** Takes a file in that has no problem. */
    public Imported good(String kind, String text) throws IOException {
        Imported done = load(kind, text);
        if (!done.isWhole()) {
            throw new AssertionError(done + "\n" + problems(done));
        }
        return done;
    }

    /** Added, changed, unchanged, refused. */
    public static List<Long> counts(Imported done) {
        return List.of(done.added(), done.changed(), done.unchanged(), done.refused());
    }

    /** As {@code row heading value reason}, one a line. */
    public String problems(Imported done) {
        return done.problem().orElse("")
                + Optional.of(database.text(
                                "SELECT string_agg(concat_ws(' ', row_no, heading, value, reason), E'\\n' ORDER BY row_no, heading)"
                                        + " FROM import_problem WHERE import_id = " + done.importId()))
                        .filter(text -> !text.equals("null"))
                        .orElse("");
    }

    public Path export(String kind, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            new SheetExport(pool, LANDINGS).write(kind, file.toString(), Language.CHINESE, out);
        }
        return file;
    }

    public String corrections(Imported done) throws IOException {
        var out = new ByteArrayOutputStream();
        imports.writeCorrections(done.importId(), Language.CHINESE, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
