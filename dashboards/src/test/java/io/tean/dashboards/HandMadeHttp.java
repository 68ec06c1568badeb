package io.tean.dashboards;

import io.tean.core.settings.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for a door of this machine alone. */
record HandMadeHttp(String host, int port) implements HttpSettings {
    @Override
    public Optional<List<String>> trustedProxies() {
        return Optional.empty();
    }

    @Override
    public Duration sessionIdle() {
        return Duration.ofHours(2);
    }

    @Override
    public Duration sessionLength() {
        return Duration.ofHours(24);
    }

    @Override
    public int streams() {
        return 100;
    }
}
