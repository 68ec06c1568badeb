package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The door for devices. */
public interface MqttSettings {
    @Setting("Address to listen on for devices.")
    @WithDefault("127.0.0.1")
    String host();

    @Range(least = 0, most = 65_535)
    @Setting("Port to listen on for devices; 0 takes a free one.")
    @WithDefault("1883")
    int port();

    @Range(least = 1_024, most = 16_777_216)
    @Setting("Largest MQTT packet in bytes, header included.")
    @WithDefault("262144")
    int maxPacketBytes();

    @Range(least = 1, most = 1_000_000)
    @Setting("Most connections at a time; further ones are refused.")
    @WithDefault("15000")
    int maxConnections();

    @Range(least = 1, most = 3_600)
    @Setting("A connection that has not sent its CONNECT by then is closed.")
    @WithDefault("10s")
    Duration connectTimeout();

    @Range(least = 1, most = 43_000)
    @Setting("Longest keep-alive; a device that asks for more, or for none, gets this one.")
    @WithDefault("300s")
    Duration maxKeepAlive();

    @Range(least = 1, most = 65_535)
    @Setting("Most un-acknowledged messages of a connection (MQTT 5: announced as Receive Maximum).")
    @WithDefault("256")
    int receiveMaximum();

    @Range(least = 1, most = 3_600)
    @Setting("A connection that had to be held back for longer than this is closed.")
    @WithDefault("120s")
    Duration maxPause();

    @Range(least = 0, most = 60)
    @Setting("How long a refused login waits for its answer, so that a device with a wrong token cannot hammer.")
    @WithDefault("1s")
    Duration refusalDelay();
}
