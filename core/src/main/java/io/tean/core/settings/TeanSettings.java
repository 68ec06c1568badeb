package io.tean.core.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Everything that a person can turn. Each method is one setting; the environment variable is its path in capitals. */
@ConfigMapping(prefix = "tean")
public interface TeanSettings {
    DatabaseSettings db();

    MqttSettings mqtt();

    IngestSettings ingest();

    HttpSettings http();

    StreamSettings streams();

    AlertingSettings alerting();

    RetentionSettings retention();

    @Setting("Where people and rescuers reach Tean from outside: links and QR codes start with it.")
    @WithDefault("http://127.0.0.1:8080")
    URI publicUrl();
}
