package io.tean.core.settings;

import io.smallrye.config.WithDefault;

/** The door for browsers, probes and Prometheus. */
public interface HttpSettings {
    @Setting("Address to listen on for browsers.")
    @WithDefault("127.0.0.1")
    String host();

    @Range(least = 0, most = 65_535)
    @Setting("Port to listen on for browsers; 0 takes a free one.")
    @WithDefault("8080")
    int port();
}
