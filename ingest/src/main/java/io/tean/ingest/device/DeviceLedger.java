package io.tean.ingest.device;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.IngestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Adds, lists, disables and enables device logins, as the bureau's engineer does it. No token is kept, and none is audited. */
public final class DeviceLedger {
    private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");

    private final DataSource database;

    public DeviceLedger(DataSource database) {
        this.database = database;
    }

    /** A device as listed; its organisation by credit code. */
    public record Listed(
            String deviceId,
            Optional<String> organisation,
            Instant addedAt,
            Optional<Instant> disabledAt,
            List<String> equipmentCodes) {}

    /**
     * What a device is to be.
     *
     * @param codes equipment that it may publish for; a code need not be registered yet
     * @param organisation credit code of who runs it; empty leaves a known device with whom it is
     */
    public record Enrolment(Collection<EquipmentCode> codes, Optional<String> organisation) {
        public Enrolment {
            codes = List.copyOf(codes);
        }

        /** For equipment, run by nobody in particular. */
        public static Enrolment of(Collection<EquipmentCode> codes) {
            return new Enrolment(codes, Optional.empty());
        }
    }

    /** Who runs a device. */
    private record Operator(@Nullable String creditCode, OptionalInt id) {
        static final Operator NOBODY = new Operator(null, OptionalInt.empty());

        String text() {
            return creditCode == null ? "" : creditCode;
        }
    }

    /**
     * Adds a device, or binds a known one to further codes and gives it to the organisation.
     *
     * @return the token, when the device is new; it is kept nowhere
     * @throws IngestException when an id is not well formed or the organisation is not registered
     */
    public Optional<String> add(String deviceId, Enrolment enrolment, Actor actor) {
        return addAll(Map.of(deviceId, enrolment), actor).getOrDefault(deviceId, Optional.empty());
    }

    /**
     * Adds many devices in one transaction.
     *
     * @return for each device its token, or nothing when it was there already
     * @throws IngestException when an id is not well formed or an organisation is not registered
     */
    public Map<String, Optional<String>> addAll(Map<String, Enrolment> devices, Actor actor) {
        for (String deviceId : devices.keySet()) {
            if (!DEVICE_ID.matcher(deviceId).matches()) {
                throw new IngestException(
                        "device id '" + deviceId + "' must be 1 to 64 letters, digits, dots, hyphens or underscores");
            }
        }
        // In one order everywhere: two imports that lock the same rows must not wait for each other.
        Map<String, Enrolment> wanted = new TreeMap<>(devices);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Map<String, Operator> named = operators(connection, wanted.values());
            Map<String, String> tokens = insert(connection, wanted);
            Map<String, Operator> before = operatorsOf(connection, wanted.keySet());
            Map<String, Operator> moved = new TreeMap<>();
            wanted.forEach((deviceId, enrolment) -> enrolment
                    .organisation
                    .map(named::get)
                    .ifPresent(to -> {
                        if (!to.equals(before.get(deviceId))) {
                            moved.put(deviceId, to);
                        }
                    }));
            assign(connection, moved);
            Map<String, List<String>> bound = bind(connection, wanted);
            List<AuditEntry> entries = new ArrayList<>();
            wanted.keySet().forEach(deviceId -> {
                Operator was = before.getOrDefault(deviceId, Operator.NOBODY);
                Operator is = moved.getOrDefault(deviceId, was);
                List<String> codes = bound.getOrDefault(deviceId, List.of());
                if (tokens.containsKey(deviceId)) {
                    Map<String, Object> after = new LinkedHashMap<>(Map.of("equipment", codes));
                    is.id().ifPresent(id -> after.put("organisation", is.text()));
                    entries.add(entry(actor, "device.add", deviceId, is, Map.of(), after));
                    return;
                }
                if (moved.containsKey(deviceId)) {
                    entries.add(entry(
                            actor,
                            "device.assign",
                            deviceId,
                            is,
                            Map.of("organisation", was.text()),
                            Map.of("organisation", is.text())));
                }
                if (!codes.isEmpty()) {
                    entries.add(entry(actor, "device.bind", deviceId, is, Map.of(), Map.of("equipment", codes)));
                }
            });
            AuditTrail.writeAll(connection, entries);
            connection.commit();
            Map<String, Optional<String>> answer = new LinkedHashMap<>();
            devices.keySet().forEach(deviceId -> answer.put(deviceId, Optional.ofNullable(tokens.get(deviceId))));
            return answer;
        } catch (SQLException e) {
            throw new IngestException("cannot add devices " + devices.keySet() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Operator> operators(Connection connection, Collection<Enrolment> enrolments)
            throws SQLException {
        Set<String> named = new TreeSet<>();
        enrolments.forEach(enrolment -> enrolment.organisation.ifPresent(named::add));
        Map<String, Operator> operators = new HashMap<>();
        if (named.isEmpty()) {
            return operators;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT credit_code, organisation_id FROM organisation WHERE credit_code = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("text", named.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    operators.put(row.getString(1), new Operator(row.getString(1), OptionalInt.of(row.getInt(2))));
                }
            }
        }
        named.removeAll(operators.keySet());
        if (!named.isEmpty()) {
            throw new IngestException("organisation '" + String.join("', '", named)
                    + "' is not registered; bin/tean organisation list shows all");
        }
        return operators;
    }

    /** Adds those that are new, and answers their tokens. */
    private static Map<String, String> insert(Connection connection, Map<String, Enrolment> devices)
            throws SQLException {
        Map<String, String> tokens = new HashMap<>();
        List<byte[]> hashes = new ArrayList<>();
        List<@Nullable String> operators = new ArrayList<>();
        devices.forEach((deviceId, enrolment) -> {
            String token = Token.random();
            tokens.put(deviceId, token);
            hashes.add(Token.hash(token));
            operators.add(enrolment.organisation.orElse(null));
        });
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO device (device_id, token_hash, organisation_id)
                SELECT n.device_id, n.token_hash, o.organisation_id
                FROM unnest(?::text[], ?::bytea[], ?::text[]) AS n (device_id, token_hash, credit_code)
                LEFT JOIN organisation o ON o.credit_code = n.credit_code
                ORDER BY n.device_id
                ON CONFLICT DO NOTHING RETURNING device_id
                """)) {
            insert.setArray(1, connection.createArrayOf("text", devices.keySet().toArray()));
            insert.setArray(2, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            insert.setArray(3, connection.createArrayOf("text", operators.toArray()));
            Set<String> added = new TreeSet<>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    added.add(row.getString(1));
                }
            }
            tokens.keySet().retainAll(added);
        }
        return tokens;
    }

    /** Who runs which device now; locks the devices. */
    private static Map<String, Operator> operatorsOf(Connection connection, Set<String> deviceIds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT d.device_id, o.credit_code, o.organisation_id
                FROM device d LEFT JOIN organisation o ON o.organisation_id = d.organisation_id
                WHERE d.device_id = ANY (?) ORDER BY d.device_id FOR NO KEY UPDATE OF d
                """)) {
            select.setArray(1, connection.createArrayOf("text", deviceIds.toArray()));
            Map<String, Operator> operators = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String creditCode = row.getString(2);
                    operators.put(
                            row.getString(1),
                            creditCode == null
                                    ? Operator.NOBODY
                                    : new Operator(creditCode, OptionalInt.of(row.getInt(3))));
                }
            }
            return operators;
        }
    }

    private static void assign(Connection connection, Map<String, Operator> moved) throws SQLException {
        if (moved.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE device d SET organisation_id = o.organisation_id
                FROM unnest(?::text[], ?::text[]) AS n (device_id, credit_code)
                JOIN organisation o ON o.credit_code = n.credit_code
                WHERE d.device_id = n.device_id
                """)) {
            update.setArray(1, connection.createArrayOf("text", moved.keySet().toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "text", moved.values().stream().map(Operator::text).toArray()));
            update.executeUpdate();
        }
    }

    /** Binds, and answers what was not bound before. */
    private static Map<String, List<String>> bind(Connection connection, Map<String, Enrolment> devices)
            throws SQLException {
        List<String> ids = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        devices.forEach((deviceId, enrolment) -> enrolment.codes.forEach(code -> {
            ids.add(deviceId);
            codes.add(code.text());
        }));
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO device_binding (device_id, equipment_code)
                SELECT device_id, equipment_code FROM unnest(?::text[], ?::text[]) AS n (device_id, equipment_code)
                ORDER BY device_id, equipment_code
                ON CONFLICT (device_id, equipment_code) WHERE bound_to IS NULL DO NOTHING
                RETURNING device_id, equipment_code
                """)) {
            insert.setArray(1, connection.createArrayOf("text", ids.toArray()));
            insert.setArray(2, connection.createArrayOf("text", codes.toArray()));
            Map<String, List<String>> bound = new HashMap<>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    bound.computeIfAbsent(row.getString(1), d -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
            return bound;
        }
    }

    public List<Listed> list() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT d.device_id, d.added_at, d.disabled_at,
                               array_remove(array_agg(b.equipment_code ORDER BY b.equipment_code), NULL), o.credit_code
                        FROM device d
                        LEFT JOIN device_binding b ON b.device_id = d.device_id AND b.bound_to IS NULL
                        LEFT JOIN organisation o ON o.organisation_id = d.organisation_id
                        GROUP BY d.device_id, o.credit_code ORDER BY d.device_id
                        """);
                ResultSet row = statement.executeQuery()) {
            List<Listed> devices = new ArrayList<>();
            while (row.next()) {
                devices.add(new Listed(
                        row.getString(1),
                        Optional.ofNullable(row.getString(5)),
                        row.getTimestamp(2).toInstant(),
                        Optional.ofNullable(row.getTimestamp(3)).map(java.sql.Timestamp::toInstant),
                        List.of((String[]) row.getArray(4).getArray())));
            }
            return devices;
        } catch (SQLException e) {
            throw new IngestException("cannot list devices: " + e.getMessage(), e);
        }
    }

    /**
     * Ends a device's right to connect; an open session ends within seconds.
     *
     * @return false when it was disabled already
     * @throws IngestException when there is no such device
     */
    public boolean disable(String deviceId, Actor actor) {
        return change(
                        deviceId,
                        "UPDATE device SET disabled_at = clock_timestamp() WHERE device_id = ? AND disabled_at IS NULL",
                        new Step(actor, "device.disable", Map.of("state", "enabled"), Map.of("state", "disabled")))
                == 1;
    }

    /**
     * Gives a disabled device its right to connect back, with the token that it had.
     *
     * @return false when it was not disabled
     * @throws IngestException when there is no such device
     */
    public boolean enable(String deviceId, Actor actor) {
        return change(
                        deviceId,
                        "UPDATE device SET disabled_at = NULL WHERE device_id = ? AND disabled_at IS NOT NULL",
                        new Step(actor, "device.enable", Map.of("state", "disabled"), Map.of("state", "enabled")))
                == 1;
    }

    /**
     * Gives a device another token. The old one opens nothing any more, and an open session ends within seconds.
     *
     * @return the token; it is kept nowhere
     * @throws IngestException when there is no such device
     */
    public String renewToken(String deviceId, Actor actor) {
        String token = Token.random();
        change(
                deviceId,
                "UPDATE device SET token_hash = ? WHERE device_id = ?",
                new Step(actor, "device.renew-token", Map.of(), Map.of()),
                Token.hash(token));
        return token;
    }

    /** Who does what to a device, and what is to be seen of it. */
    private record Step(Actor actor, String action, Map<String, ?> before, Map<String, ?> after) {}

    /** @param sql takes the values and then the device id */
    private int change(String deviceId, String sql, Step step, byte[]... values) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Operator operator = operatorsOf(connection, Set.of(deviceId)).get(deviceId);
            if (operator == null) {
                throw new IngestException("there is no device '" + deviceId + "'; bin/tean device list shows all");
            }
            int changed;
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    update.setBytes(i + 1, values[i]);
                }
                update.setString(values.length + 1, deviceId);
                changed = update.executeUpdate();
            }
            if (changed > 0) {
                AuditTrail.write(
                        connection, entry(step.actor, step.action, deviceId, operator, step.before, step.after));
            }
            connection.commit();
            return changed;
        } catch (SQLException e) {
            throw new IngestException("cannot change device '" + deviceId + "': " + e.getMessage(), e);
        }
    }

    private static AuditEntry entry(
            Actor actor,
            String action,
            String deviceId,
            Operator operator,
            Map<String, ?> before,
            Map<String, ?> after) {
        return AuditEntry.of(actor, action, "device", deviceId, before, after).withOrganisation(operator.id());
    }
}
