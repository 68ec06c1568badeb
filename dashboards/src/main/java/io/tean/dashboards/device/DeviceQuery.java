package io.tean.dashboards.device;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.device.Device.Organisation;
import io.tean.dashboards.device.DeviceCard.Binding;
import io.tean.dashboards.device.DeviceCard.Equipment;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads devices within a scope, for pages and the API alike. */
final class DeviceQuery {
    static final Sorting SORTING = new Sorting(columns(), "-last-contact", "d.device_id");

    /** Of a city's organisations that run devices; whoever needs another one searches by name. */
    private static final int MOST_ORGANISATIONS = 500;

    private static final String FROM = """
            FROM device d
            LEFT JOIN device_contact c ON c.device_id = d.device_id
            LEFT JOIN organisation o ON o.organisation_id = d.organisation_id
            """;

    private final Jdbi jdbi;

    DeviceQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("device", "d.device_id");
        columns.put("organisation", "coalesce(o.name, '')");
        columns.put("last-contact", "coalesce(c.last_contact, '-infinity')");
        columns.put("added", "d.added_at");
        return columns;
    }

    Listing<Device> list(Scope scope, DeviceFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all devices of a list, however many, in its order. */
    void export(Scope scope, DeviceFilter filter, Paging paging, Sheet.Sink sink, Function<Device, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Device> reader(Scope scope, DeviceFilter filter) {
        Where where = where(scope, filter);
        Map<String, Object> bindings = new HashMap<>(where.bindings());
        bindings.putAll(Reach.bindings(scope, "b").bindings());
        return new ListReader<>(
                select(scope) + FROM + where.sql(),
                FROM + where.sql(),
                bindings,
                SORTING,
                (row, context) -> device(row));
    }

    /** The organisations that run devices within a scope, by name. */
    List<Organisation> organisations(Scope scope) {
        Reach reach = Reach.devices(scope, "d");
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT o.credit_code, o.name FROM organisation o
                        WHERE EXISTS (SELECT FROM device d WHERE d.organisation_id = o.organisation_id AND %s)
                        ORDER BY o.name, o.credit_code LIMIT :most
                        """.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .bind("most", MOST_ORGANISATIONS)
                .map((row, context) -> new Organisation(row.getString("credit_code"), row.getString("name")))
                .list());
    }

    /** Empty when there is no such device, or when it is out of the scope. */
    Optional<DeviceCard> find(Scope scope, String id) {
        Where where = new Where(Reach.devices(scope, "d")).and("d.device_id = :device", "device", id);
        return jdbi.withHandle(handle -> handle.createQuery(select(scope) + FROM + where.sql())
                .bindMap(where.bindings())
                .bindMap(Reach.bindings(scope, "b").bindings())
                .map((row, context) -> device(row))
                .findOne()
                .map(device -> new DeviceCard(
                        device,
                        bindings(handle, scope, id, "b.bound_to IS NULL ORDER BY b.equipment_code"),
                        bindings(
                                handle,
                                scope,
                                id,
                                "b.bound_to IS NOT NULL ORDER BY b.bound_to DESC, b.equipment_code LIMIT "
                                        + DeviceCard.MOST_PAST),
                        lettersKept(handle, scope, id))));
    }

    private static Where where(Scope scope, DeviceFilter filter) {
        Where where = new Where(Reach.devices(scope, "d"));
        if (!filter.search().isBlank()) {
            // Found by equipment only that the viewer may see: a search must not tell what the list does not.
            Reach bindings = Reach.bindings(scope, "b");
            where.and("""
                    d.device_id ILIKE :q OR o.name ILIKE :q
                    OR EXISTS (SELECT FROM device_binding b LEFT JOIN equipment e ON e.code = b.equipment_code
                               WHERE b.device_id = d.device_id AND b.bound_to IS NULL AND %s
                                 AND (b.equipment_code ILIKE :q OR e.name ILIKE :q))
                    """.formatted(bindings.condition()), "q", filter.search().pattern());
        }
        filter.state().ifPresent(state -> where.and(DeviceState.SQL + " = :state", "state", state.word()));
        filter.organisation().ifPresent(code -> where.and("o.credit_code = :organisation", "organisation", code));
        return where;
    }

    private static String select(Scope scope) {
        return """
                SELECT d.device_id, o.credit_code, o.name AS organisation_name, c.last_contact, c.connected_since,
                    %s AS state, d.added_at, d.disabled_at,
                    ARRAY(SELECT b.equipment_code FROM device_binding b
                          WHERE b.device_id = d.device_id AND b.bound_to IS NULL AND %s
                          ORDER BY b.equipment_code) AS equipment
                """.formatted(DeviceState.SQL, Reach.bindings(scope, "b").condition());
    }

    private static List<Binding> bindings(Handle handle, Scope scope, String id, String end) {
        Reach bindings = Reach.bindings(scope, "b");
        return handle.createQuery("""
                        SELECT b.equipment_code, e.name, e.category, e.division_code, b.bound_from, b.bound_to
                        FROM device_binding b LEFT JOIN equipment e ON e.code = b.equipment_code
                        WHERE b.device_id = :device AND %s AND
                        """.formatted(bindings.condition()) + end)
                .bindMap(bindings.bindings())
                .bind("device", id)
                .map((row, context) -> binding(row))
                .list();
    }

    private static int lettersKept(Handle handle, Scope scope, String id) {
        Reach letters = Reach.deadLetters(scope, "l");
        return handle.createQuery("""
                        SELECT count(*) FROM dead_letter l WHERE l.device_id = :device AND l.state = 'kept' AND %s
                        """.formatted(letters.condition()))
                .bindMap(letters.bindings())
                .bind("device", id)
                .mapTo(Integer.class)
                .one();
    }

    private static Binding binding(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new Binding(
                row.getString("equipment_code"),
                name == null
                        ? Optional.empty()
                        : Optional.of(new Equipment(
                                name, row.getString("category"), Optional.ofNullable(row.getString("division_code")))),
                row.getTimestamp("bound_from").toInstant(),
                instant(row, "bound_to"));
    }

    private static Device device(ResultSet row) throws SQLException {
        String creditCode = row.getString("credit_code");
        String state = row.getString("state");
        Array equipment = row.getArray("equipment");
        return new Device(
                row.getString("device_id"),
                creditCode == null
                        ? Optional.empty()
                        : Optional.of(new Organisation(creditCode, row.getString("organisation_name"))),
                List.of((String[]) equipment.getArray()),
                instant(row, "last_contact"),
                instant(row, "connected_since"),
                DeviceState.of(state).orElseThrow(),
                row.getTimestamp("added_at").toInstant(),
                instant(row, "disabled_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
