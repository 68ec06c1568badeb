package io.tean.dashboards.access;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The way to the database for the pages. */
public final class WebStore {
    private WebStore() {}

    /** Errors of it name the statement and never what was bound to it, which may be a secret. */
    public static Jdbi over(DataSource database) {
        Jdbi jdbi = Jdbi.create(database);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }
}
