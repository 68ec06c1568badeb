package io.tean.ingest.session;

import io.tean.core.settings.IngestSettings;
import io.tean.core.settings.MqttSettings;
import java.time.Duration;

/** What a connection, and all connections together, may take up. */
record SessionLimits(
        int maxPacketBytes,
        int maxConnections,
        Duration connectTimeout,
        Duration maxKeepAlive,
        int receiveMaximum,
        Duration maxPause,
        Duration refusalDelay,
        long maxMessages,
        long maxBytes) {

    static SessionLimits of(MqttSettings mqtt, IngestSettings ingest) {
        return new SessionLimits(
                mqtt.maxPacketBytes(),
                mqtt.maxConnections(),
                mqtt.connectTimeout(),
                mqtt.maxKeepAlive(),
                mqtt.receiveMaximum(),
                mqtt.maxPause(),
                mqtt.refusalDelay(),
                ingest.maxMessages(),
                ingest.maxBytes());
    }
}
