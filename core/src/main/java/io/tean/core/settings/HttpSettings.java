package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The door for browsers, probes and Prometheus. */
public interface HttpSettings {
    @Setting("Address to listen on for browsers.")
    @WithDefault("127.0.0.1")
    String host();

    @Range(least = 0, most = 65_535)
    @Setting("Port to listen on for browsers; 0 takes a free one.")
    @WithDefault("8080")
    int port();

    @Setting(
            "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto count: addresses or networks such as 10.0.0.0/8,"
                    + " separated by commas. Nobody else's count.")
    Optional<List<String>> trustedProxies();

    @Range(least = 60, most = 604_800)
    @Setting("A session that was not used for so long has ended; an open page uses it.")
    @WithDefault("2h")
    Duration sessionIdle();

    @Range(least = 300, most = 2_592_000)
    @Setting("A session ends after so long, however much it is used.")
    @WithDefault("24h")
    Duration sessionLength();

    @Range(least = 1, most = 100_000)
    @Setting("Event streams to browsers that may be open at a time; further pages ask every few seconds instead.")
    @WithDefault("2000")
    int streams();

    @Setting(
            "Map tiles below the maps of rescue cases, such as https://tiles.example/{z}/{x}/{y}.png (Web Mercator, 256 pixels)."
                    + " Without it the maps show the places alone.")
    Optional<String> mapTiles();
}
