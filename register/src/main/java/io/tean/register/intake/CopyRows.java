package io.tean.register.intake;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table, by COPY in its text format. */
public final class CopyRows implements AutoCloseable {
    private static final int FLUSHED = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder text = new StringBuilder(FLUSHED + 4096);

    /** @param columns as they stand behind the table's name */
    public CopyRows(Connection connection, String table, String columns) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN");
    }

    /** @param cells null for no value */
    public void row(@Nullable String... cells) throws SQLException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            String cell = cells[i];
            if (cell == null) {
                text.append("\\N");
            } else {
                escape(cell);
            }
        }
        text.append('\n');
        if (text.length() >= FLUSHED) {
            flush();
        }
    }

    private void escape(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    private void flush() throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    /** All rows are there. */
    public void end() throws SQLException {
        flush();
        copy.endCopy();
    }

    /** Without {@link #end} nothing is there. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
