package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The way from a message to a committed row. */
public interface IngestSettings {
    @Range(least = 1, most = 64)
    @Setting("Lanes that write to the database, one thread and one connection each.")
    @WithDefault("2")
    int lanes();

    @Range(least = 1, most = 65_536)
    @Setting("Most readings in one transaction.")
    @WithDefault("4096")
    int batchRows();

    @Range(least = 0, most = 60)
    @Setting("A batch waits no longer than this for more readings.")
    @WithDefault("20ms")
    Duration batchAge();

    @Range(least = 1, most = 10_000_000)
    @Setting("Most un-acknowledged messages of all connections together; above it, sockets are not read.")
    @WithDefault("65536")
    int maxMessages();

    @Range(least = 1_048_576, most = 1L << 40)
    @Setting("Most un-acknowledged payload bytes of all connections together; above it, sockets are not read.")
    @WithDefault("67108864")
    long maxBytes();

    @Range(least = 0, most = 315_360_000)
    @Setting("How far ahead of our clock a reading's time may be.")
    @WithDefault("5m")
    Duration maxAhead();

    @Range(least = 1, most = 315_360_000)
    @Setting("How old a reading may be when it arrives.")
    @WithDefault("8d")
    Duration maxAge();

    @Range(least = 1, most = 10_000)
    @Setting("Most readings in one message.")
    @WithDefault("500")
    int maxArray();

    @Setting("How often device logins, bindings and newly registered equipment are looked for.")
    @WithDefault("1s")
    Duration refresh();
}
