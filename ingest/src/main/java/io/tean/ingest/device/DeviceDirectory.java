package io.tean.ingest.device;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All device logins in memory, so that a session is accepted or refused in the tick of its CONNECT and no login asks the database.
 * Read by any thread; refreshed by one.
 */
public final class DeviceDirectory {
    private static final DeviceLogin NOBODY = new DeviceLogin("", new byte[32], Map.of());

    private final DataSource database;
    private volatile Map<String, DeviceLogin> logins = Map.of();
    private volatile long revision = -1;

    public DeviceDirectory(DataSource database) {
        this.database = database;
    }

    /** The login of a device that presents its token. Takes the same time for an unknown device as for a wrong token. */
    public Optional<DeviceLogin> logIn(@Nullable String deviceId, byte @Nullable [] token) {
        DeviceLogin login = deviceId == null ? null : logins.get(deviceId);
        boolean right = (login == null ? NOBODY : login).hasToken(token == null ? new byte[0] : token);
        return login != null && right ? Optional.of(login) : Optional.empty();
    }

    /** The present login of a device; empty when it is gone or disabled. */
    public Optional<DeviceLogin> login(String deviceId) {
        return Optional.ofNullable(logins.get(deviceId));
    }

    /** Changes whenever anything in the directory may have changed. */
    public long revision() {
        return revision;
    }

    public int size() {
        return logins.size();
    }

    /** Reads the directory again when the database has a newer one. */
    public boolean refresh() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            long newest;
            try (ResultSet row = statement.executeQuery("SELECT revision FROM directory_revision")) {
                row.next();
                newest = row.getLong(1);
            }
            if (newest == revision) {
                return false;
            }
            Map<String, Map<String, Integer>> bindings = new HashMap<>();
            Map<String, DeviceLogin> read = new HashMap<>();
            try (ResultSet row = statement.executeQuery("""
                    SELECT d.device_id, d.token_hash, b.equipment_code, coalesce(e.equipment_id, -1)
                    FROM device d
                    LEFT JOIN device_binding b ON b.device_id = d.device_id AND b.bound_to IS NULL
                    LEFT JOIN equipment e ON e.code = b.equipment_code
                    WHERE d.disabled_at IS NULL
                    """)) {
                while (row.next()) {
                    String deviceId = row.getString(1);
                    Map<String, Integer> equipment = bindings.get(deviceId);
                    if (equipment == null) {
                        equipment = new HashMap<>();
                        bindings.put(deviceId, equipment);
                        read.put(deviceId, new DeviceLogin(deviceId, row.getBytes(2), equipment));
                    }
                    String code = row.getString(3);
                    if (code != null) {
                        equipment.put(code, row.getInt(4));
                    }
                }
            }
            logins = read;
            revision = newest;
            return true;
        }
    }
}
