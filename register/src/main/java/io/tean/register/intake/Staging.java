package io.tean.register.intake;

import io.tean.register.sheet.CellType;
import io.tean.register.sheet.CellType.Reference;
import io.tean.register.sheet.Heading;
import io.tean.register.sheet.Sheet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The temporary tables of one import: intake_row, the rows as they came; intake_ready, the same beside what is registered; intake_problem,
 * what is wrong with them.
 */
final class Staging {
    private final Connection connection;
    private final Landing landing;
    private final Sheet sheet;
    private final Set<String> present;
    /** The headings that the file has, in the sheet's order. */
    private final List<Heading> filed;

    Staging(Connection connection, Landing landing, Set<String> present) {
        this.connection = connection;
        this.landing = landing;
        this.sheet = landing.sheet();
        this.present = present;
        this.filed = sheet.headings().stream()
                .filter(h -> present.contains(h.name()))
                .toList();
    }

    List<Heading> filed() {
        return filed;
    }

    void create() throws SQLException {
        run("SET LOCAL jit = off");
        run("SET LOCAL work_mem = '64MB'");
        run("CREATE TEMPORARY TABLE intake_row (row_no bigint, sound boolean, came text[], %s) ON COMMIT DROP"
                .formatted(sheet.headings().stream()
                        .filter(h -> present.contains(h.name()) || sheet.key().contains(h.name()))
                        .map(h -> h.name() + " " + h.type().sql())
                        .collect(Collectors.joining(", "))));
        run("CREATE TEMPORARY TABLE intake_problem (row_no bigint, heading text, reason text) ON COMMIT DROP");
    }

    CopyRows copy() throws SQLException {
        return new CopyRows(
                connection,
                "intake_row",
                "row_no, sound, came, " + filed.stream().map(Heading::name).collect(Collectors.joining(", ")));
    }

    /** Puts what is registered beside the rows. */
    void ready() throws SQLException {
        run("ANALYZE intake_row");
        run("CREATE TEMPORARY TABLE intake_ready ON COMMIT DROP AS " + readyQuery());
        run("ANALYZE intake_ready");
    }

    private String readyQuery() {
        StringBuilder merged = new StringBuilder();
        StringBuilder ids = new StringBuilder();
        StringBuilder organisations = new StringBuilder();
        for (Heading heading : sheet.headings()) {
            String name = heading.name();
            merged.append(", ").append(shall(heading)).append(" AS ").append(name);
            merged.append(", r.")
                    .append(name)
                    .append("::")
                    .append(heading.type().sql());
            merged.append(" AS was_").append(name);
            if (heading.type().reference() == Reference.ORGANISATION) {
                ids.append(", o_%1$s.organisation_id AS %1$s_id".formatted(name));
                organisations.append(" LEFT JOIN organisation o_%1$s ON o_%1$s.credit_code = m.%1$s".formatted(name));
            }
        }
        boolean ofMachine = sheet.headings().stream().anyMatch(h -> h.type().reference() == Reference.EQUIPMENT);
        String query = """
                SELECT m.*%s, m.registered_id IS NOT NULL AND (%s) AS differs
                FROM (SELECT s.row_no, s.sound, s.first_row, r.id AS registered_id%s%s
                      FROM (SELECT s.*, min(s.row_no) OVER (PARTITION BY %s) AS first_row FROM intake_row s) s
                      %s
                      LEFT JOIN (%s) r ON %s) m
                %s
                """.formatted(
                        ids,
                        differences("m"),
                        ofMachine ? ", e.equipment_id" : "",
                        merged,
                        String.join(", ", landing.key()),
                        ofMachine ? "LEFT JOIN equipment e ON e.normal_code = s.equipment_code" : "",
                        landing.registered(),
                        landing.match(),
                        organisations);
        // A record may be there in several versions: the row is the one that it equals, or else goes on from the
        // newest.
        return landing.isLedger()
                ? "SELECT DISTINCT ON (row_no) * FROM (" + query + ") v ORDER BY row_no, differs, registered_id DESC"
                : query;
    }

    /** The cell as it shall be. */
    private String shall(Heading heading) {
        String type = heading.type().sql();
        String came = "s." + heading.name();
        String registered = "r." + heading.name() + "::" + type;
        String fallback =
                heading.fallback().map(text -> ", '" + text + "'::" + type).orElse("");
        if (!present.contains(heading.name())) {
            return "coalesce(" + registered + fallback + ")";
        }
        boolean emptyKeeps = landing.isLedger() || heading.fallback().isPresent();
        return emptyKeeps ? "coalesce(" + came + ", " + registered + fallback + ")" : came;
    }

    private List<Heading> compared() {
        return filed.stream()
                .filter(h ->
                        !sheet.key().contains(h.name()) && !landing.uncompared().contains(h.name()))
                .toList();
    }

    private String differences(String row) {
        List<Heading> compared = compared();
        return compared.isEmpty()
                ? "false"
                : compared.stream()
                        .map(h -> "%1$s.%2$s IS DISTINCT FROM %1$s.was_%2$s".formatted(row, h.name()))
                        .collect(Collectors.joining(" OR "));
    }

    /** Finds what is wrong with the rows beside what was wrong with their cells. */
    void check() throws SQLException {
        for (String preparation : landing.preparations()) {
            run(preparation);
        }
        for (Landing.Check check : checks()) {
            run("INSERT INTO intake_problem SELECT n.row_no, '%s', %s FROM intake_ready n WHERE %s"
                    .formatted(check.heading(), check.reason(), check.condition()));
        }
    }

    private List<Landing.Check> checks() {
        List<Landing.Check> checks = new ArrayList<>();
        checks.add(duplicates());
        for (Heading heading : filed) {
            String name = heading.name();
            switch (heading.type().reference()) {
                case ORGANISATION ->
                    checks.add(
                            new Landing.Check(
                                    name,
                                    "n.%1$s IS NOT NULL AND n.%1$s_id IS NULL".formatted(name),
                                    "'is the credit code of no organisation that is registered; bin/tean organisation import adds it'"));
                case EQUIPMENT ->
                    checks.add(new Landing.Check(
                            name,
                            "n.%s IS NOT NULL AND n.equipment_id IS NULL".formatted(name),
                            "'is the code of no machine that is registered; bin/tean equipment import adds it'"));
                case NONE -> {}
            }
        }
        if (landing.isLedger()) {
            checks.add(new Landing.Check(
                    sheet.key().getLast(),
                    "n.differs"
                            + landing.sequel()
                                    .map(sequel -> " AND (" + sequel.allowed() + ") IS NOT TRUE")
                                    .orElse(""),
                    "'is in the ledger already with other content (' || concat_ws(', ', "
                            + compared().stream()
                                    .map(h -> "CASE WHEN n.%1$s IS DISTINCT FROM n.was_%1$s THEN '%1$s' END"
                                            .formatted(h.name()))
                                    .collect(Collectors.joining(", "))
                            + ") || '); "
                            + landing.sequel().map(Landing.Sequel::otherwise).orElse("supersede it on its page")
                            + "'"));
        }
        checks.addAll(landing.checks());
        return checks;
    }

    private Landing.Check duplicates() {
        List<String> key = sheet.key();
        String known = sheet.headings().stream()
                .filter(h -> h.needed() && key.contains(h.name()))
                .map(h -> " AND n." + h.name() + " IS NOT NULL")
                .collect(Collectors.joining());
        String same = key.size() == 1 ? "" : ", with the same " + String.join(", ", key.subList(1, key.size()));
        return new Landing.Check(
                key.getFirst(),
                "n.first_row < n.row_no" + known,
                "'stands in row ' || n.first_row || ' already" + same + "'");
    }

    /** Hands on what {@link #check} found. */
    void tellProblems(ImportRun run) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            try (ResultSet row = statement.executeQuery("""
                    SELECT p.row_no, p.heading, p.reason, r.came
                    FROM intake_problem p JOIN intake_row r USING (row_no) ORDER BY p.row_no LIMIT %d
                    """.formatted(ImportRun.MOST_PROBLEMS))) {
                while (row.next() && run.hasRoomForProblems()) {
                    List<String> came = List.of((String[]) row.getArray(4).getArray());
                    String heading = row.getString(2);
                    run.problem(row.getLong(1), heading, came.get(sheet.indexOf(heading)), row.getString(3), came);
                }
            }
        }
    }

    /**
     * Leaves the good rows alone.
     *
     * @return how many others there were
     */
    long dropRefused() throws SQLException {
        return run("""
                DELETE FROM intake_ready
                WHERE NOT sound OR row_no IN (SELECT row_no FROM intake_problem)
                """);
    }

    /** What will be done with the rows that are left. */
    Imported counted(long importId, long refused) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT count(*) FILTER (WHERE registered_id IS NULL), count(*) FILTER (WHERE differs),
                               count(*) FILTER (WHERE registered_id IS NOT NULL AND NOT differs)
                        FROM intake_ready
                        """)) {
            row.next();
            return new Imported(
                    importId, row.getLong(1), row.getLong(2), row.getLong(3), refused, java.util.Optional.empty());
        }
    }

    /**
     * Entries of the audit trail for the rows that add or change something: old and new of what the file says. What a ledger gets new is
     * told of the file as a whole.
     */
    String auditQuery(Landing.Audited audited) {
        List<Heading> told = filed.stream()
                .filter(h -> sheet.key().size() > 1 || !sheet.key().contains(h.name()))
                .sorted(java.util.Comparator.comparing(Heading::name))
                .toList();
        return """
                SELECT '%1$s' || CASE WHEN n.registered_id IS NULL THEN '.add' ELSE '.change' END, '%1$s', %2$s, %3$s,
                       CASE WHEN n.registered_id IS NOT NULL THEN %4$s END,
                       CASE WHEN n.registered_id IS NULL THEN %5$s ELSE %6$s END
                FROM intake_ready n WHERE %7$s ORDER BY n.row_no
                """.formatted(
                        audited.subjectKind(),
                        audited.subject(),
                        audited.organisation(),
                        object(told, "n.%1$s IS DISTINCT FROM n.was_%1$s", "was_"),
                        object(told, "n.%1$s IS NOT NULL", ""),
                        object(told, "n.%1$s IS DISTINCT FROM n.was_%1$s", ""),
                        landing.isLedger() ? "n.differs" : "n.registered_id IS NULL OR n.differs");
    }

    /** JSON of the headings for which a condition holds. */
    private static String object(List<Heading> headings, String condition, String prefix) {
        return "'{' || concat_ws(',', "
                + headings.stream()
                        .map(h -> "CASE WHEN " + condition.formatted(h.name()) + " THEN '\"" + h.name()
                                + "\":' || to_json(coalesce(" + text("n." + prefix + h.name(), h.type())
                                + ", ''))::text END")
                        .collect(Collectors.joining(", "))
                + ") || '}'";
    }

    /** SQL of a value as text, in one form. */
    static String text(String value, CellType type) {
        return switch (type.sql()) {
            case "text" -> value;
            case "numeric" -> "trim_scale(" + value + ")::text";
            case "text[]" -> "array_to_string(" + value + ", ';')";
            case "timestamptz" ->
                "regexp_replace(to_char(" + value
                        + " AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '\\.000000$', '') || '+08:00'";
            default -> value + "::text";
        };
    }

    private long run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }
}
