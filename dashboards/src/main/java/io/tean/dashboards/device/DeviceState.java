package io.tean.dashboards.device;

import java.util.Locale;
import java.util.Optional;

/** How it stands with a device. */
public enum DeviceState {
    CONNECTED("good"),
    /** Heard once, and not connected now. */
    SILENT("bad"),
    NEVER("quiet"),
    DISABLED("quiet");

    /** Over {@code device d} and its {@code device_contact c}; gives the state's word. */
    public static final String SQL = """
            CASE WHEN d.disabled_at IS NOT NULL THEN 'disabled'
                 WHEN c.connected_since IS NOT NULL THEN 'connected'
                 WHEN c.last_contact IS NULL THEN 'never'
                 ELSE 'silent' END""";

    private final String badge;

    DeviceState(String badge) {
        this.badge = badge;
    }

    /** As in addresses and in the API, such as {@code connected}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The look of its badge. */
    public String badge() {
        return badge;
    }

    static Optional<DeviceState> of(String word) {
        for (DeviceState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
