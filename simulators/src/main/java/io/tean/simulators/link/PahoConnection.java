package io.tean.simulators.link;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.jspecify.annotations.Nullable;

/**
 * A connection by Eclipse Paho (MQTT 5, clean start, QoS 1). Paho neither reconnects nor keeps messages for us: it has hung and lost
 * at both, so a client lives for one connection only.
 */
final class PahoConnection implements Connection {
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_SECONDS = 10;
    private static final long GOODBYE_MILLIS = 500;
    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client");

    static {
        // Paho logs a stack trace when a client is closed while its sender runs; what matters comes to the listener.
        PAHO.setLevel(Level.OFF);
    }

    /** What MQTT 5 means when the server does not say. */
    private static final int UNLIMITED = 65_535;

    private final MqttAsyncClient client;
    private final Listener listener;
    private final Executor background;

    private PahoConnection(MqttAsyncClient client, Listener listener, Executor background) {
        this.client = client;
        this.listener = listener;
        this.background = background;
    }

    /**
     * @param background where slow goodbyes run
     */
    static Connection open(String uri, String device, String token, Executor background, Listener listener) {
        try {
            var client = new MqttAsyncClient(uri, device, new MemoryPersistence());
            var connection = new PahoConnection(client, listener, background);
            client.setCallback(connection.new Lifetime());
            var options = new MqttConnectionOptions();
            options.setCleanStart(true);
            options.setAutomaticReconnect(false);
            options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
            options.setConnectionTimeout(CONNECT_SECONDS);
            options.setUserName(device);
            options.setPassword(token.getBytes(StandardCharsets.UTF_8));
            client.connect(options, null, connection.new Opening());
            return connection;
        } catch (MqttException e) {
            listener.lost(reason(e));
            return new Stillborn();
        }
    }

    @Override
    public Handed hand(long number, Parcel parcel) {
        var message = new MqttMessage(parcel.json());
        message.setQos(1);
        try {
            client.publish(parcel.topic(), message, number, new Settling(number));
            return Handed.TAKEN;
        } catch (MqttException e) {
            return e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT ? Handed.FULL : Handed.BROKEN;
        }
    }

    @Override
    public void discard() {
        background.execute(() -> {
            try {
                client.disconnectForcibly(0, GOODBYE_MILLIS, true);
            } catch (MqttException e) {
                // It was not connected; closing is all that is left.
            }
            try {
                client.close(true);
            } catch (MqttException e) {
                // Nothing holds on to it any more.
            }
        });
    }

    private static String reason(@Nullable Throwable e) {
        if (e == null) {
            return "connection lost";
        }
        Throwable cause = e.getCause();
        String text = cause == null || cause.getMessage() == null ? e.getMessage() : cause.getMessage();
        String what = text == null || text.isBlank() ? "connection lost" : text;
        return e instanceof MqttException mqtt && mqtt.getReasonCode() != 0
                ? what + " (" + mqtt.getReasonCode() + ")"
                : what;
    }

    private final class Opening implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            MqttProperties properties = token.getResponseProperties();
            Integer most = properties == null ? null : properties.getReceiveMaximum();
            listener.opened(most == null ? UNLIMITED : most);
        }

        @Override
        public void onFailure(@Nullable IMqttToken token, @Nullable Throwable exception) {
            listener.lost(reason(exception));
        }
    }

    private final class Settling implements MqttActionListener {
        private final long number;

        Settling(long number) {
            this.number = number;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            settle(token);
        }

        @Override
        public void onFailure(@Nullable IMqttToken token, @Nullable Throwable exception) {
            settle(token);
        }

        /** Success or failure, a PUBACK settles the message; without one it stays under way until the connection is lost. */
        private void settle(@Nullable IMqttToken token) {
            if (token != null && token.getResponse() instanceof MqttPubAck ack) {
                int[] codes = ack.getReasonCodes();
                listener.acknowledged(number, codes == null || codes.length == 0 ? 0 : codes[0]);
            }
        }
    }

    private final class Lifetime implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            String text = response.getReasonString();
            listener.lost(text == null || text.isBlank() ? reason(response.getException()) : text);
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            listener.lost(reason(exception));
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            // A simulated device listens to nothing.
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // Settling has it.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // Opening has it.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // We use no extended authentication.
        }
    }

    /** A connection that never came to be. */
    private static final class Stillborn implements Connection {
        @Override
        public Handed hand(long number, Parcel parcel) {
            return Handed.BROKEN;
        }

        @Override
        public void discard() {
            // Nothing was opened.
        }
    }
}
