package io.tean.dashboards.list;

import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Request;
import java.io.IOException;
import java.util.List;

/**
 * A list as a file for spreadsheets, CSV or XLSX.
 *
 * @param name of the file, without its ending
 * @param heading one word for each cell of a row
 */
public record Sheet(String name, List<String> heading, Rows rows) {
    public Sheet {
        heading = List.copyOf(heading);
    }

    /** Writes rows one after the other. */
    public interface Rows {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes a row's cells: numbers and texts. */
    public interface Sink {
        void row(Object... cells) throws IOException;
    }

    /** As the route's path ends: {@code .xlsx}, or else CSV. */
    public Answer answer(Request request) {
        return request.route().path().endsWith(".xlsx")
                ? new Answer.Download(name + ".xlsx", Xlsx.TYPE, out -> Xlsx.write(out, this))
                : new Answer.Download(name + ".csv", Csv.TYPE, out -> Csv.write(out, this));
    }
}
