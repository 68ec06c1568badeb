package io.tean.register.intake;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.register.RegisterException;
import io.tean.register.sheet.CellType;
import io.tean.register.sheet.Heading;
import io.tean.register.sheet.Language;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.SheetRows;
import io.tean.register.sheet.SheetWriter;
import io.tean.register.sheet.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes files in. One import uses two connections: one for what it takes in, one on which others see how far it is. */
public final class Imports {
    private static final int LONGEST_TOLD = 4_000;
    private static final int TOLD_PROBLEMS = 1_000;
    private static final long TOLD_EVERY_MILLIS = 1_000;
    private static final int ROWS_BETWEEN_LOOKS = 500;

    private final DataSource database;
    private final InstantSource clock;
    private final Map<String, Landing> landings = new LinkedHashMap<>();
    private final AfterIntake after;

    /** @param database of at least two connections */
    public Imports(DataSource database, InstantSource clock, List<Landing> landings, AfterIntake after) {
        this.database = database;
        this.clock = clock;
        landings.forEach(landing -> this.landings.put(landing.sheet().name(), landing));
        this.after = after;
    }

    /**
     * Takes in a file: one with a problem wholly or not at all, as the mode says. The same file again changes nothing.
     *
     * @return also for a file that is refused
     * @throws RegisterException when the file is not there, its kind is unknown, or the database fails
     */
    public Imported run(ImportRequest request, Progress progress) {
        return run(request, progress, importId -> {});
    }

    /** The same, telling the import's number as soon as it has one. */
    public Imported run(ImportRequest request, Progress progress, LongConsumer started) {
        Landing landing = landing(request.kind());
        String name = request.fileName();
        try (Connection side = database.getConnection()) {
            Stored file = new Stored(Files.size(request.file()), sha256(request.file()));
            ImportRun run = ImportRun.start(side, request, file.bytes, file.sha256);
            started.accept(run.id());
            try {
                return new Import(landing, request, file, run, progress).run();
            } catch (UnreadableFileException e) {
                return run.endWithout("REFUSED", name + ": " + e.getMessage());
            } catch (SQLException | RuntimeException e) {
                run.endWithout("FAILED", String.valueOf(e.getMessage()));
                throw e;
            }
        } catch (SQLException e) {
            throw new RegisterException("cannot import " + name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RegisterException("cannot read " + request.file() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Says of imports that nobody works on any more, for their process ended, that they failed: what they had taken in was rolled back.
     *
     * @return how many
     */
    public int endBroken() {
        int ended = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (String kind : landings.keySet()) {
                try (PreparedStatement update = connection.prepareStatement("""
                        UPDATE import_run SET state = 'FAILED', problem = 'the program ended before the import did; nothing was taken in',
                            ended_at = clock_timestamp()
                        WHERE kind = ? AND state = 'RUNNING'
                          AND pg_try_advisory_xact_lock(hashtext('tean intake'), hashtext(?))
                        """)) {
                    update.setString(1, kind);
                    update.setString(2, kind);
                    ended += update.executeUpdate();
                }
            }
            connection.commit();
            return ended;
        } catch (SQLException e) {
            throw new RegisterException("cannot look for broken imports: " + e.getMessage(), e);
        }
    }

    /**
     * Takes in a whole file or nothing of it.
     *
     * @throws RegisterException with every problem of every row, one a line
     */
    public Imported runWhole(String kind, Path file, Actor actor) {
        var request = ImportRequest.of(kind, file, file.toString(), ImportMode.ALL_OR_NOTHING, actor);
        return whole(request, run(request, Progress.NOBODY));
    }

    /**
     * The same import, when all of it was taken in.
     *
     * @throws RegisterException with every problem of every row, one a line
     */
    public Imported whole(ImportRequest request, Imported done) {
        if (done.problem().isPresent()) {
            throw new RegisterException(done.problem().get());
        }
        if (done.refused() > 0) {
            throw new RegisterException(
                    String.join(System.lineSeparator(), problems(request.fileName(), done.importId()))
                            + System.lineSeparator() + request.fileName() + ": "
                            + (request.mode() == ImportMode.ALL_OR_NOTHING
                                    ? "nothing was imported, correct the rows and import the file again"
                                    : done.refused() + " rows were refused, correct them and import them again"));
        }
        return done;
    }

    private List<String> problems(String file, long importId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT row_no, heading, value, reason FROM import_problem WHERE import_id = ? ORDER BY row_no LIMIT ?
                        """)) {
            select.setLong(1, importId);
            select.setInt(2, TOLD_PROBLEMS);
            List<String> lines = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.add("%s: row %d: %s '%s' %s"
                            .formatted(file, row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new RegisterException("cannot list the problems of import " + importId + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the rows that an import refused as CSV, with what is wrong behind each: to be corrected and imported.
     *
     * @throws RegisterException when there is no such import
     */
    public void writeCorrections(long importId, Language language, OutputStream out) throws IOException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT cells, string_agg(heading || ' ' || reason, '; ' ORDER BY heading)
                        FROM import_problem WHERE import_id = ? GROUP BY row_no, cells ORDER BY row_no
                        """);
                SheetWriter writer = SheetWriter.of("corrections.csv", out)) {
            connection.setAutoCommit(false);
            List<String> headings =
                    new ArrayList<>(landing(kind(connection, importId)).sheet().headings(language));
            headings.add(language.problem());
            writer.row(headings);
            select.setLong(1, importId);
            select.setFetchSize(1_000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> cells = new ArrayList<>(
                            Arrays.asList((String[]) row.getArray(1).getArray()));
                    cells.add(row.getString(2));
                    writer.row(cells);
                }
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new RegisterException("cannot list the problems of import " + importId + ": " + e.getMessage(), e);
        }
    }

    private static String kind(Connection connection, long importId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT kind FROM import_run WHERE import_id = ?")) {
            select.setLong(1, importId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new RegisterException("there is no import " + importId);
                }
                return row.getString(1);
            }
        }
    }

    /** @throws RegisterException when there is no such kind */
    Landing landing(String kind) {
        Landing landing = landings.get(kind);
        if (landing == null) {
            throw new RegisterException("'" + kind + "' is none of the kinds " + String.join(", ", landings.keySet()));
        }
        return landing;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What is known of a file before it is read. */
    private record Stored(long bytes, String sha256) {}

    /** One import under way. */
    private final class Import {
        private final Landing landing;
        private final Sheet sheet;
        private final ImportRequest request;
        private final Stored stored;
        private final ImportRun run;
        private final Progress progress;
        private final LocalDate today = LocalDate.ofInstant(clock.instant(), CellType.CHINA);
        private long rows;
        private long toldAt = clock.millis();

        Import(Landing landing, ImportRequest request, Stored stored, ImportRun run, Progress progress) {
            this.landing = landing;
            this.sheet = landing.sheet();
            this.request = request;
            this.stored = stored;
            this.run = run;
            this.progress = progress;
        }

        Imported run() throws SQLException {
            try (SheetRows file = SheetRows.open(request.file(), request.fileName());
                    Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    Imported done = run(file, connection);
                    if (request.mode() == ImportMode.ALL_OR_NOTHING && done.refused() > 0) {
                        connection.rollback();
                        return run.end("REFUSED", new Imported(run.id(), 0, 0, 0, done.refused(), Optional.empty()));
                    }
                    connection.commit();
                    return run.end("DONE", done);
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            }
        }

        private Imported run(SheetRows file, Connection connection) throws SQLException {
            int[] columns = sheet.columns(file.next() ? file.cells() : List.of());
            Set<String> present = new LinkedHashSet<>();
            Arrays.stream(columns)
                    .filter(place -> place >= 0)
                    .forEach(place -> present.add(sheet.names().get(place)));
            lock(connection);
            Staging staging = new Staging(connection, landing, present);
            staging.create();
            try (CopyRows copy = staging.copy()) {
                while (file.next()) {
                    stage(file, columns, staging, copy);
                }
                copy.end();
            }
            tell(stored.bytes);
            if (landing.locked().isPresent()) {
                try (Statement statement = connection.createStatement()) {
                    // Two writers would both find the same code new; whoever reads goes on reading, the lanes among
                    // them.
                    statement.execute("LOCK TABLE " + landing.locked().get() + " IN SHARE ROW EXCLUSIVE MODE");
                }
            }
            staging.ready();
            staging.check();
            staging.tellProblems(run);
            Imported counted = staging.counted(run.id(), staging.dropRefused());
            if (counted.refused() == 0 || request.mode() == ImportMode.ACCEPT_GOOD) {
                takeIn(connection, staging, present, counted);
            }
            return counted;
        }

        /** Two imports of the same kind go one after the other. */
        private void lock(Connection connection) throws SQLException {
            // The pool sets the limit of the socket again when the connection comes back.
            connection.setNetworkTimeout(Runnable::run, 0);
            try (Statement statement = connection.createStatement()) {
                // The role's limits are for the service's short statements; a file takes as long as it is long.
                statement.execute("SET LOCAL statement_timeout = 0");
                statement.execute("SET LOCAL lock_timeout = 0");
                statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            }
            try (PreparedStatement lock =
                    connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('tean intake'), hashtext(?))")) {
                lock.setString(1, sheet.name());
                lock.execute();
            }
        }

        private void stage(SheetRows file, int[] columns, Staging staging, CopyRows copy) throws SQLException {
            rows++;
            if (rows > SheetRows.MOST_ROWS) {
                throw new UnreadableFileException("the file has more than " + SheetRows.MOST_ROWS + " rows; divide it");
            }
            List<String> cells = file.cells();
            @Nullable String[] raw = new String[sheet.headings().size()];
            boolean ragged = cells.size() > columns.length;
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= 0) {
                    raw[columns[i]] = i < cells.size() ? cells.get(i) : "";
                }
            }
            List<String> came = came(raw);
            List<String[]> wrong = new ArrayList<>(0);
            @Nullable String[] good = sheet.read(raw, today, (heading, reason) -> wrong.add(new String[] {heading, reason}));
            if (ragged) {
                wrong.add(new String[] {
                    sheet.key().getFirst(),
                    "stands in a row of " + cells.size() + " cells under " + columns.length + " headings"
                });
            }
            for (String[] problem : wrong) {
                run.problem(file.number(), problem[0], came.get(sheet.indexOf(problem[0])), problem[1], came);
            }
            @Nullable String[] staged = new String[3 + staging.filed().size()];
            staged[0] = Long.toString(file.number());
            staged[1] = wrong.isEmpty() ? "t" : "f";
            staged[2] = CellType.array(came);
            int next = 3;
            for (Heading heading : staging.filed()) {
                staged[next++] = good[sheet.indexOf(heading.name())];
            }
            copy.row(staged);
            if (rows % ROWS_BETWEEN_LOOKS == 0 && clock.millis() - toldAt >= TOLD_EVERY_MILLIS) {
                tell(file.bytesRead());
            }
        }

        private List<String> came(@Nullable String[] raw) {
            List<String> came = new ArrayList<>(raw.length);
            for (String cell : raw) {
                String text = cell == null ? "" : cell.replace('\0', '\uFFFD');
                came.add(text.length() > LONGEST_TOLD ? text.substring(0, LONGEST_TOLD) : text);
            }
            return came;
        }

        private void tell(long bytesRead) throws SQLException {
            run.progress(bytesRead, rows);
            progress.at(bytesRead, stored.bytes, rows);
            toldAt = clock.millis();
        }

        private void takeIn(Connection connection, Staging staging, Set<String> present, Imported counted)
                throws SQLException {
            landing.takeIn(new Taking(connection, request.actor(), today, present));
            Optional<Landing.Audited> rows =
                    landing.audited().or(() -> landing.sequel().map(Landing.Sequel::audited));
            if (rows.isPresent()) {
                AuditTrail.writeSelected(connection, request.actor(), request.reason(), staging.auditQuery(rows.get()));
            }
            if (landing.audited().isEmpty() && counted.added() > 0) {
                AuditTrail.write(
                        connection,
                        AuditEntry.of(
                                request.actor(),
                                sheet.name() + ".import",
                                "import",
                                Long.toString(run.id()),
                                Map.of(),
                                Map.of(
                                        "file", request.fileName(),
                                        "sha256", stored.sha256,
                                        "added", counted.added(),
                                        "unchanged", counted.unchanged(),
                                        "refused", counted.refused())));
            }
            after.taken(connection, sheet.name(), run.id());
        }
    }
}
