package io.tean.dashboards.register;

import io.tean.core.intake.FileIntake;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Received;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Files that people send into the register: the list of them, the form, and how far one is and what was wrong with it. */
public final class ImportPages {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final String CSV = "text/csv; charset=utf-8";

    private static final String FROM = "FROM import_run r ";
    private static final String SELECT = """
            SELECT r.import_id AS key, r.import_id, r.kind AS import_kind, r.file_name, r.mode AS import_mode, r.state AS import_state,
                r.rows_read, r.added, r.changed, r.unchanged, r.refused, r.started_at, r.ended_at, r.actor, r.problem, r.bytes, r.bytes_read,
                r.sha256
            """;
    private static final List<Column> COLUMNS = List.of(
            Column.of("import_id").sortedBy("number").to(Route.IMPORT, "import_id"),
            Column.of("import_kind").in("IMPORT_KIND"),
            Column.of("file_name"),
            Column.of("import_state").in("IMPORT_STATE"),
            Column.of("rows_read"),
            Column.of("added"),
            Column.of("changed"),
            Column.of("unchanged"),
            Column.of("refused"),
            Column.of("started_at").sortedBy("started"),
            Column.of("ended_at").inFilesOnly(),
            Column.of("actor"),
            Column.of("import_mode").in("IMPORT_MODE").inFilesOnly(),
            Column.of("problem").inFilesOnly());
    private static final List<Column> FACTS = List.of(
            Column.of("import_kind").in("IMPORT_KIND"),
            Column.of("import_mode").in("IMPORT_MODE"),
            Column.of("rows_read"),
            Column.of("added"),
            Column.of("changed"),
            Column.of("unchanged"),
            Column.of("refused"),
            Column.of("actor"),
            Column.of("started_at"),
            Column.of("ended_at"),
            Column.of("sha256"));
    private static final List<Filter> FILTERS = List.of(Filter.choice(
            "state",
            Word.FIELD_IMPORT_STATE,
            "IMPORT_STATE",
            List.of("RUNNING", "DONE", "REFUSED", "FAILED"),
            "r.state = :state"));
    private static final Part PROBLEMS = Part.of(
            "problems",
            Word.IMPORT_PROBLEMS,
            """
            SELECT row_no, heading, value, reason AS problem FROM import_problem WHERE import_id = :key ORDER BY row_no, heading LIMIT 100
            """,
            Column.of("row_no"),
            Column.of("heading"),
            Column.of("value"),
            Column.of("problem"));

    private final Jdbi jdbi;
    private final FileIntake intake;
    private final Screens screens;
    private final Directory directory;

    public ImportPages(DataSource database, FileIntake intake, Screens screens) {
        this.jdbi = WebStore.over(database);
        this.intake = intake;
        this.screens = screens;
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put("started", "r.started_at");
        sorts.put("number", "r.import_id");
        Sorting sorting = new Sorting(sorts, "-started", "r.import_id");
        this.directory = new Directory(
                Word.NAV_IMPORTS,
                Word.IMPORT_SEARCH,
                new Directory.Routes(Route.IMPORTS, Route.IMPORTS_EXPORT, Route.IMPORTS_WORKBOOK),
                COLUMNS,
                FILTERS,
                sorting,
                request -> reader(request, sorting));
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.IMPORTS, request -> directory.page(request, jdbi, screens),
                Route.IMPORTS_EXPORT, request -> directory.file(request, jdbi),
                Route.IMPORTS_WORKBOOK, request -> directory.file(request, jdbi),
                Route.IMPORT_NEW, request -> form(request, 200, Map.of()),
                Route.IMPORT_SEND, this::send,
                Route.IMPORT_TEMPLATE, this::template,
                Route.IMPORT, this::show,
                Route.IMPORT_CORRECTIONS, this::corrections,
                Route.API_IMPORTS, request -> directory.json(request, jdbi));
    }

    private static ListReader<Row> reader(Request request, Sorting sorting) {
        // Whoever comes here has the whole city.
        Where where = new Where(Reach.all());
        Directory.narrow(where, FILTERS, request);
        Search search = Search.of(request);
        if (!search.isBlank()) {
            where.and("r.file_name ILIKE :q OR r.kind ILIKE :q OR r.actor ILIKE :q")
                    .bind("q", search.pattern());
        }
        return new ListReader<>(SELECT + FROM + where.sql(), FROM + where.sql(), where.bindings(), sorting, Row.MAPPER);
    }

    private Answer form(Request request, int status, Map<String, Word> problems) {
        Frame frame = Frame.of(request, Word.IMPORT_NEW);
        return Answer.page(
                status,
                screens.render(
                        "import-form.jte",
                        Map.of(
                                "frame",
                                status == 200 ? frame : frame.ofChange(),
                                "kinds",
                                intake.kinds(),
                                "kind",
                                status == 200 ? request.query("kind").orElse("") : request.field("kind"),
                                "mode",
                                request.field("mode"),
                                "problems",
                                problems)));
    }

    private Answer send(Request request) {
        Map<String, Word> problems = new LinkedHashMap<>();
        String kind = request.field("kind");
        if (intake.kinds().stream().noneMatch(known -> known.name().equals(kind))) {
            problems.put("kind", Word.WRONG_IMPORT_KIND);
        }
        Optional<FileIntake.Mode> mode = Arrays.stream(FileIntake.Mode.values())
                .filter(known -> known.name().equals(request.field("mode")))
                .findFirst();
        if (mode.isEmpty()) {
            problems.put("mode", Word.WRONG_IMPORT_MODE);
        }
        Optional<Received.Upload> upload =
                request.upload().filter(file -> !file.name().isBlank());
        if (upload.isEmpty()) {
            problems.put("file", Word.WRONG_IMPORT_FILE);
        }
        if (!problems.isEmpty()) {
            return form(request, 422, problems);
        }
        String name = name(upload.orElseThrow());
        Path kept = keep(upload.orElseThrow());
        long number = intake.start(kind, kept, name, mode.orElseThrow(), request.actor());
        return Answer.seeOther(Route.IMPORT.path(number));
    }

    /** Without folders, and without what no name holds. */
    private static String name(Received.Upload upload) {
        String name = upload.name().replaceFirst("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "?");
        return name.length() > 200 ? name.substring(0, 200) : name;
    }

    /** Away from where it is deleted with the answer; whoever takes it in deletes it. */
    private static Path keep(Received.Upload upload) {
        Path kept = upload.file().resolveSibling("kept-" + upload.file().getFileName());
        try {
            return Files.move(upload.file(), kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the upload " + upload.file(), e);
        }
    }

    private Answer show(Request request) {
        Row run = found(request);
        List<Part.Filled> problems = jdbi.withHandle(handle -> List.of(PROBLEMS.fill(handle, run.key())));
        return Answer.page(screens.render(
                "import.jte",
                Map.of(
                        "frame",
                        Frame.of(request, request.tongue().say(Word.IMPORT_ONE, run.text("import_id"))),
                        "run",
                        run,
                        "facts",
                        FACTS,
                        "problems",
                        problems,
                        "anyProblem",
                        !problems.getFirst().rows().isEmpty())));
    }

    private Answer corrections(Request request) {
        long number = found(request).key();
        return new Answer.Download(
                "tean-import-" + number + "-corrections.csv", CSV, out -> intake.writeCorrections(number, out));
    }

    private Answer template(Request request) {
        String kind = request.parameter("kind");
        if (intake.kinds().stream().noneMatch(known -> known.name().equals(kind))) {
            throw Refusal.notFound();
        }
        return new Answer.Download("tean-" + kind + ".csv", CSV, out -> intake.writeTemplate(kind, out));
    }

    private Row found(Request request) {
        String number = request.parameter("import");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + "WHERE r.import_id = :import")
                .bind("import", Long.parseLong(number))
                .map(Row.MAPPER)
                .findOne()
                .orElseThrow(Refusal::notFound));
    }
}
