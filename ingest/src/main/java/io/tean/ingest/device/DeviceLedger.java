package io.tean.ingest.device;

import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.IngestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Adds, lists and disables device logins, as the bureau's engineer does it. */
public final class DeviceLedger {
    private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");

    private final DataSource database;

    public DeviceLedger(DataSource database) {
        this.database = database;
    }

    /** A device as listed. */
    public record Listed(String deviceId, Instant addedAt, Optional<Instant> disabledAt, List<String> equipmentCodes) {}

    /**
     * Adds a device, or binds a known one to further codes; a code need not be registered yet.
     *
     * @return the token, when the device is new; it is kept nowhere
     * @throws IngestException when an id or a code is not well formed
     */
    public Optional<String> add(String deviceId, Collection<EquipmentCode> codes) {
        Map<String, Optional<String>> tokens = addAll(Map.of(deviceId, List.copyOf(codes)));
        return tokens.getOrDefault(deviceId, Optional.empty());
    }

    /**
     * Adds many devices in one transaction.
     *
     * @return for each device its token, or nothing when it was there already
     */
    public Map<String, Optional<String>> addAll(Map<String, ? extends Collection<EquipmentCode>> devices) {
        for (String deviceId : devices.keySet()) {
            if (!DEVICE_ID.matcher(deviceId).matches()) {
                throw new IngestException(
                        "device id '" + deviceId + "' must be 1 to 64 letters, digits, dots, hyphens or underscores");
            }
        }
        Map<String, Optional<String>> tokens = new LinkedHashMap<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement device = connection.prepareStatement(
                            "INSERT INTO device (device_id, token_hash) VALUES (?, ?) ON CONFLICT DO NOTHING");
                    PreparedStatement binding = connection.prepareStatement("""
                            INSERT INTO device_binding (device_id, equipment_code) VALUES (?, ?)
                            ON CONFLICT (device_id, equipment_code) WHERE bound_to IS NULL DO NOTHING
                            """)) {
                for (var entry : devices.entrySet()) {
                    String token = Token.random();
                    device.setString(1, entry.getKey());
                    device.setBytes(2, Token.hash(token));
                    boolean added = device.executeUpdate() == 1;
                    tokens.put(entry.getKey(), added ? Optional.of(token) : Optional.empty());
                    for (EquipmentCode code : entry.getValue()) {
                        binding.setString(1, entry.getKey());
                        binding.setString(2, code.text());
                        binding.addBatch();
                    }
                }
                binding.executeBatch();
            }
            connection.commit();
            return tokens;
        } catch (SQLException e) {
            throw new IngestException("cannot add devices " + tokens.keySet() + ": " + e.getMessage(), e);
        }
    }

    public List<Listed> list() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT d.device_id, d.added_at, d.disabled_at,
                               array_remove(array_agg(b.equipment_code ORDER BY b.equipment_code), NULL)
                        FROM device d LEFT JOIN device_binding b ON b.device_id = d.device_id AND b.bound_to IS NULL
                        GROUP BY d.device_id ORDER BY d.device_id
                        """);
                ResultSet row = statement.executeQuery()) {
            List<Listed> devices = new ArrayList<>();
            while (row.next()) {
                devices.add(new Listed(
                        row.getString(1),
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
    public boolean disable(String deviceId) {
        try (Connection connection = database.getConnection();
                PreparedStatement known = connection.prepareStatement("SELECT 1 FROM device WHERE device_id = ?");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE device SET disabled_at = clock_timestamp() WHERE device_id = ? AND disabled_at IS NULL")) {
            known.setString(1, deviceId);
            if (!known.executeQuery().next()) {
                throw new IngestException("there is no device '" + deviceId + "'; bin/tean device list shows all");
            }
            update.setString(1, deviceId);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IngestException("cannot disable device '" + deviceId + "': " + e.getMessage(), e);
        }
    }
}
