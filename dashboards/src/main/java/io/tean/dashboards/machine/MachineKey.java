package io.tean.dashboards.machine;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.Where;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * A machine that its viewer may see.
 *
 * @param id inside the database
 */
public record MachineKey(int id, String code, String name, String category) {
    /** Empty when there is no such machine, or when it is out of the scope. */
    static Optional<MachineKey> find(Jdbi jdbi, Scope scope, String code) {
        // A text that the database cannot hold is no machine's code.
        if (code.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        Where where = new Where(Reach.equipment(scope, "e")).and("e.normal_code = :code", "code", normal(code));
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT e.equipment_id, e.code, e.name, e.category FROM equipment e " + where.sql())
                .bindMap(where.bindings())
                .map((row, context) ->
                        new MachineKey(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)))
                .findOne());
    }

    /** The streams of its category, in the order of their names. */
    List<StreamDeclaration> streams(StreamCatalogue catalogue) {
        return catalogue.all().stream()
                .filter(stream -> stream.equipment().stream().anyMatch(category::equalsIgnoreCase))
                .toList();
    }

    /** A code as it is looked up: capital half-width letters without spaces. */
    public static String normal(String code) {
        return Normalizer.normalize(code, Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .toUpperCase(Locale.ROOT);
    }
}
