package io.tean.core.store;

import io.tean.core.settings.DatabaseSettings;
import io.tean.core.stream.ResourceFolder;
import io.tean.core.stream.StreamCatalogue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema of the whole house: brought up to date by the owner, checked by the service, which may not change it. */
public final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final Pattern ROLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final String MIGRATIONS = "io/tean/core/store/migrations/";
    /** Any number will do, as long as everyone uses it: two migrations must not run side by side. */
    private static final long MIGRATION_LOCK = 7_265_616_110L;
    /** Of Grafana's role: its data source asks for ten, and two of it may run beside each other while one is replaced. */
    private static final int READER_CONNECTIONS = 20;
    /** A panel that asks for more is wrong, and must not hold up anything. */
    private static final String READER_PATIENCE = "15s";

    private final DatabaseSettings settings;
    private final StreamTables tables;
    private final ReadingViews views;

    public Schema(DatabaseSettings settings, StreamCatalogue catalogue) {
        this.settings = settings;
        this.tables = new StreamTables(catalogue);
        this.views = new ReadingViews(catalogue);
    }

    /**
     * As the owner: extension, numbered migrations, stream tables, and the roles of the service and of Grafana with their rights.
     *
     * @return what was done, one line each; empty when everything was up to date
     * @throws StoreException when the schema cannot be brought up to date
     */
    public List<String> migrate() {
        requireRoles();
        List<String> done = new ArrayList<>();
        Database database = new Database(settings);
        try (Connection connection = database.ownerConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET statement_timeout = 0");
                statement.execute("SET lock_timeout = '60s'");
                statement.execute("SELECT pg_advisory_lock(" + MIGRATION_LOCK + ")");
                statement.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
            }
            var result = flyway().dataSource(
                            settings.url(),
                            settings.owner().orElseThrow(),
                            settings.ownerPassword().orElse(""))
                    .load()
                    .migrate();
            result.migrations.forEach(m -> done.add("migrated to " + m.version + " (" + m.description + ")"));
            connection.setAutoCommit(false);
            done.addAll(tables.evolve(connection));
            views.derive(connection);
            grant(connection, done);
            if (settings.reader().isPresent()) {
                grantReader(connection, settings.reader().get(), done);
            }
            connection.commit();
            return done;
        } catch (SQLException e) {
            throw new StoreException("cannot migrate " + database.address() + ": " + Database.reason(e), e);
        } catch (FlywayException e) {
            throw new StoreException("cannot migrate " + database.address() + ": " + e.getMessage(), e);
        }
    }

    /**
     * As the service: the server must keep what it commits, the schema must be neither older nor newer than the code, and the
     * role must not be able to change it.
     *
     * @throws StoreException with everything that does not fit
     */
    public ServerFacts requireFit(Connection connection) throws SQLException {
        ServerFacts.requireDurable(connection);
        ServerFacts facts = ServerFacts.of(connection);
        List<String> misfits = new ArrayList<>();
        Integer schema = version(connection);
        int code = newestMigration();
        if (schema == null || schema < code) {
            misfits.add("it is at version " + schema + ", this Tean needs " + code);
        } else if (schema > code) {
            throw new StoreException("the schema is at version " + schema + ", newer than this Tean knows (" + code
                    + "): start the newer Tean");
        } else {
            misfits.addAll(tables.misfits(connection));
        }
        if (!misfits.isEmpty()) {
            throw new StoreException(
                    "the schema does not fit: " + String.join("; ", misfits) + ": run bin/tean migrate");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_user, has_schema_privilege('public', 'CREATE') OR has_database_privilege(current_database(), 'CREATE')")) {
            row.next();
            if (row.getBoolean(2)) {
                throw new StoreException(
                        "role " + row.getString(1)
                                + " may change the schema: serve with the role that migrate made (TEAN_DB_USER), not with the owner");
            }
        }
        return facts;
    }

    private static @org.jspecify.annotations.Nullable Integer version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet exists = statement.executeQuery("SELECT to_regclass('schema_history') IS NOT NULL")) {
            exists.next();
            if (!exists.getBoolean(1)) {
                return null;
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT max(version::integer) FROM schema_history WHERE success AND version IS NOT NULL")) {
                row.next();
                int version = row.getInt(1);
                return row.wasNull() ? null : version;
            }
        }
    }

    private static int newestMigration() {
        return ResourceFolder.files(MIGRATIONS, ".sql").keySet().stream()
                .mapToInt(file -> Integer.parseInt(file.substring(1, file.indexOf("__"))))
                .max()
                .orElseThrow();
    }

    private static FluentConfiguration flyway() {
        return Flyway.configure()
                .locations("classpath:" + MIGRATIONS)
                .table("schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(true);
    }

    /** Everything that migrate needs from the settings, before anything is changed. */
    private void requireRoles() {
        List<String> problems = new ArrayList<>();
        String role = settings.user();
        if (settings.owner().isEmpty()) {
            problems.add(
                    "TEAN_DB_OWNER is missing: migrate needs the role that owns the schema, and TEAN_DB_OWNER_PASSWORD");
        }
        if (settings.password().isEmpty()) {
            problems.add("TEAN_DB_PASSWORD is missing: migrate gives it to role " + role);
        }
        if (!ROLE.matcher(role).matches()) {
            problems.add("TEAN_DB_USER is '" + role + "': a role name of small letters, digits and _ is needed");
        }
        if (settings.owner().filter(role::equals).isPresent()) {
            problems.add("TEAN_DB_USER and TEAN_DB_OWNER are both '" + role
                    + "': the service needs a role of its own that cannot change the schema");
        }
        settings.reader().ifPresent(reader -> problems.addAll(problemsOf(reader)));
        if (!problems.isEmpty()) {
            throw new StoreException(String.join(System.lineSeparator(), problems));
        }
    }

    private List<String> problemsOf(String reader) {
        List<String> problems = new ArrayList<>();
        if (settings.readerPassword().isEmpty()) {
            problems.add("TEAN_DB_READER_PASSWORD is missing: migrate gives it to role " + reader
                    + "; without TEAN_DB_READER no such role is made");
        }
        if (!ROLE.matcher(reader).matches()) {
            problems.add("TEAN_DB_READER is '" + reader + "': a role name of small letters, digits and _ is needed");
        }
        if (reader.equals(settings.user())
                || settings.owner().filter(reader::equals).isPresent()) {
            problems.add("TEAN_DB_READER is '" + reader
                    + "', the role of the service or the owner: Grafana needs a role of its own that can only read");
        }
        return problems;
    }

    private void grant(Connection connection, List<String> done) throws SQLException {
        String role = settings.user();
        String password = settings.password().orElseThrow();
        try (Statement statement = connection.createStatement()) {
            if (ensureRole(statement, role, password)) {
                done.add("created role " + role + ", which may read and write but not change the schema");
            }
            String database = connection.getCatalog();
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            String quoted = statement.enquoteIdentifier(database, true);
            // TEMPORARY: the lanes stage batches with duplicates in a temporary table. Nobody else may.
            statement.execute("REVOKE TEMPORARY ON DATABASE " + quoted + " FROM PUBLIC");
            statement.execute("GRANT CONNECT, TEMPORARY ON DATABASE " + quoted + " TO " + role);
            statement.execute("GRANT USAGE ON SCHEMA public TO " + role);
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role);
            statement.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO " + role);
            statement.execute(
                    "REVOKE INSERT, UPDATE, DELETE ON schema_history, simulated_clock, stream_table FROM " + role);
            statement.execute("GRANT EXECUTE ON FUNCTION drop_old_chunks(text, timestamptz) TO " + role);
            statement.execute("REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_seal FROM " + role);
            statement.execute("REVOKE INSERT, UPDATE ON audit_unsealed FROM " + role);
            // Ledgers are added to, never changed.
            statement.execute(
                    "REVOKE UPDATE, DELETE, TRUNCATE ON maintenance_record, visit_verdict, visit_decision, visit_confirmation, inspection,"
                            + " submission_step, frozen_month, frozen_count, frozen_missing FROM " + role);
        }
        log.debug("granted {} its rights", role);
    }

    /** Views and functions of schema grafana, and no table of public; what it may not do does not rest on its settings. */
    private void grantReader(Connection connection, String reader, List<String> done) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (ensureRole(statement, reader, settings.readerPassword().orElseThrow())) {
                done.add("created role " + reader + ", which may read the views of schema grafana");
            }
            statement.execute("ALTER ROLE " + reader + " CONNECTION LIMIT " + READER_CONNECTIONS);
            statement.execute("ALTER ROLE " + reader + " SET default_transaction_read_only = on");
            statement.execute("ALTER ROLE " + reader + " SET statement_timeout = '" + READER_PATIENCE + "'");
            statement.execute("ALTER ROLE " + reader + " SET idle_in_transaction_session_timeout = '60s'");
            statement.execute("ALTER ROLE " + reader + " SET search_path = grafana, public");
            statement.execute("GRANT CONNECT ON DATABASE " + statement.enquoteIdentifier(connection.getCatalog(), true)
                    + " TO " + reader);
            statement.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM " + reader);
            statement.execute("GRANT USAGE ON SCHEMA grafana TO " + reader);
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA grafana TO " + reader);
            statement.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA grafana TO " + reader);
            // Also what a later migrate makes anew, should it run without the name of this role.
            statement.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA grafana GRANT SELECT ON TABLES TO " + reader);
        }
        log.debug("granted {} the views of schema grafana", reader);
    }

    /** Whether it had to be created; the password is set either way. */
    private static boolean ensureRole(Statement statement, String role, String password) throws SQLException {
        boolean exists;
        try (ResultSet row =
                statement.executeQuery("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + role + "')")) {
            row.next();
            exists = row.getBoolean(1);
        }
        statement.execute((exists ? "ALTER" : "CREATE") + " ROLE " + role + " LOGIN PASSWORD "
                + statement.enquoteLiteral(password));
        return !exists;
    }
}
