package io.tean.dashboards.rescue;

import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.alert.Value;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.rescue.Asked.Contract;
import io.tean.dashboards.rescue.Asked.Finds;
import io.tean.dashboards.rescue.Asked.Found;
import io.tean.dashboards.rescue.Asked.Reading;
import io.tean.dashboards.rescue.CaseCard.Trouble;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds the machine that somebody calls about, and reads what whoever takes the call in must know of it. */
final class CallQuery {
    private static final int MOST_TROUBLES = 10;
    /** A reading is short here: the alert and the device have the rest. */
    private static final int MOST_VALUES = 8;

    private static final String SELECT = """
            SELECT e.equipment_id, e.code, e.name, coalesce(e.site_address, '') AS place, coalesce(e.rescue_code, '') AS rescue_code,
                coalesce(u.name, '') AS use_unit, coalesce(u.telephone, '') AS use_unit_telephone, e.category,
                coalesce(e.division_code, '') AS division,
                (SELECT c.case_id FROM rescue_case c
                 WHERE c.equipment_id = e.equipment_id AND c.state NOT IN ('RELEASED', 'RATED', 'CLOSED')) AS live
            FROM equipment e LEFT JOIN organisation u ON u.organisation_id = e.use_unit_id
            """;

    private final Jdbi jdbi;
    private final StreamCatalogue streams;

    CallQuery(DataSource database, StreamCatalogue streams) {
        this.jdbi = WebStore.over(database);
        this.streams = streams;
    }

    /** By rescue code or equipment code; else by a part of a firm's name, or of the address. */
    Finds search(Scope scope, Search search, LocalDate today) {
        return jdbi.withHandle(handle -> {
            // Each by its index; only what is no code costs more.
            List<Found> exact = found(
                    handle,
                    new Where(Reach.equipment(scope, "e"))
                            .and("e.rescue_code IN (:code, upper(:code))", "code", search.text()));
            if (exact.isEmpty()) {
                exact = found(
                        handle,
                        new Where(Reach.equipment(scope, "e")).and(Machine.IS_ASKED_FOR, "equipment", search.text()));
            }
            if (!exact.isEmpty()) {
                return new Finds(exact, true);
            }
            Map<String, Object> bound = Map.of("q", search.pattern(), "today", today);
            List<Found> found = new ArrayList<>(found(handle, new Where(Reach.equipment(scope, "e")).and("""
                            e.equipment_id IN (SELECT m.equipment_id FROM organisation o JOIN equipment m ON m.use_unit_id = o.organisation_id
                                               WHERE o.name ILIKE :q
                                               UNION ALL
                                               SELECT k.equipment_id FROM organisation o JOIN contract k ON k.firm_id = o.organisation_id
                                               WHERE o.name ILIKE :q AND k.from_on <= :today AND k.until_on > :today)
                            """, bound)));
            if (found.size() < Finds.MOST) {
                List<Found> placed = found(
                        handle,
                        new Where(Reach.equipment(scope, "e"))
                                .and("e.site_address ILIKE :q OR e.name ILIKE :q", "q", search.pattern()));
                placed.stream()
                        .filter(machine -> !found.contains(machine))
                        .limit((long) Finds.MOST - found.size())
                        .forEach(found::add);
            }
            return new Finds(found, false);
        });
    }

    private static List<Found> found(Handle handle, Where where) {
        return handle.createQuery(SELECT + where.sql() + "LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", Finds.MOST)
                .map((row, context) -> found(row))
                .list();
    }

    /** Empty when there is no machine of this code, or when it is out of the scope. */
    Optional<Asked> find(Scope scope, String code, LocalDate today) {
        return jdbi.withHandle(handle ->
                found(handle, new Where(Reach.equipment(scope, "e")).and(Machine.IS_ASKED_FOR, "equipment", code))
                        .stream()
                        .findFirst()
                        .map(machine -> new Asked(
                                machine,
                                contracts(handle, machine.id(), today),
                                readings(handle, machine),
                                troubles(handle, scope, machine.id()))));
    }

    private static List<Contract> contracts(Handle handle, int machine, LocalDate today) {
        return handle.createQuery("""
                        SELECT o.name, coalesce(o.telephone, '') AS telephone, coalesce(o.contact, '') AS contact, k.contract_no
                        FROM contract k JOIN organisation o ON o.organisation_id = k.firm_id
                        WHERE k.equipment_id = :machine AND k.from_on <= :today AND k.until_on > :today ORDER BY k.from_on DESC LIMIT 5
                        """)
                .bind("machine", machine)
                .bind("today", today)
                .map((row, context) -> new Contract(
                        row.getString("name"),
                        row.getString("telephone"),
                        row.getString("contact"),
                        row.getString("contract_no")))
                .list();
    }

    private static List<Trouble> troubles(Handle handle, Scope scope, int machine) {
        Where where = new Where(Reach.alerts(scope, "a"))
                .and("a.equipment_id = :machine AND a.state <> 'closed'", "machine", machine);
        return handle.createQuery(
                        CaseQuery.TROUBLES + where.sql() + "ORDER BY a.severity_rank, a.activated_at DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", MOST_TROUBLES)
                .map((row, context) -> CaseQuery.trouble(row))
                .list();
    }

    private List<Reading> readings(Handle handle, Found machine) {
        return streams.all().stream()
                .filter(stream ->
                        stream.equipment().stream().anyMatch(kind -> kind.equalsIgnoreCase(machine.category())))
                .flatMap(stream -> reading(handle, machine.id(), stream).stream())
                .toList();
    }

    private static Optional<Reading> reading(Handle handle, int machine, StreamDeclaration stream) {
        // The name of a declaration, which is a word and nothing else.
        return handle.createQuery("""
                        SELECT * FROM %s WHERE equipment_id = :machine AND time > tean_now() - interval '7 days' ORDER BY time DESC LIMIT 1
                        """.formatted(stream.table()))
                .bind("machine", machine)
                .map((row, context) -> new Reading(
                        stream, row.getObject("time", OffsetDateTime.class).toInstant(), values(row, stream)))
                .findOne();
    }

    private static List<Value> values(ResultSet row, StreamDeclaration stream) throws SQLException {
        List<Value> values = new ArrayList<>();
        for (Field field : stream.fields()) {
            @Nullable Object value = row.getObject(field.name());
            if (value != null && values.size() < MOST_VALUES) {
                Object shown =
                        field.type() == FieldType.LIST ? Arrays.asList((Object[]) ((Array) value).getArray()) : value;
                values.add(new Value(field.name(), Optional.of(field), shown));
            }
        }
        return values;
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getInt("equipment_id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("place"),
                row.getString("rescue_code"),
                row.getString("use_unit"),
                row.getString("use_unit_telephone"),
                row.getString("category"),
                row.getString("division"),
                row.getObject("live") == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("live")));
    }
}
