package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How to reach TimescaleDB. */
public interface DatabaseSettings {
    @Setting("JDBC URL of the database, such as jdbc:postgresql://127.0.0.1:5432/tean.")
    String url();

    @Setting("Role of the service, without the right to change the schema; migrate creates it.")
    @WithDefault("tean_app")
    String user();

    @Setting("Password of the service's role.")
    Optional<String> password();

    @Setting("Role that owns the schema; only migrate uses it.")
    Optional<String> owner();

    @Setting("Password of the owner.")
    Optional<String> ownerPassword();

    @Setting(
            "Role that Grafana reads with, which sees the views of schema grafana and nothing else; migrate creates it. None makes none.")
    Optional<String> reader();

    @Setting("Password of the role that Grafana reads with.")
    Optional<String> readerPassword();

    @Range(least = 0, most = 86_400)
    @Setting("How long serve waits at its start for a database that does not answer yet.")
    @WithDefault("60s")
    Duration startWait();

    @Range(least = 2, most = 3_600)
    @Setting(
            "A statement or a commit that takes longer is given up, and its outcome counts as unknown until it was repeated.")
    @WithDefault("20s")
    Duration answerWait();
}
