package io.tean.ingest.session;

import io.tean.core.settings.IngestSettings;
import io.tean.core.settings.MqttSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.IngestException;
import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.Contact;
import io.tean.ingest.device.DeviceDirectory;
import io.tean.ingest.lane.Lanes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Listens for devices. A Vert.x net server with Netty's MQTT codec, which is what Vert.x's MqttServer is made of: MqttServer cannot
 * pause a connection, and back-pressure is the point here (docs/decisions/0002).
 */
public final class MqttDoor {
    private static final int MOST_WAITING_FOR_REFUSAL = 1_000;
    private static final int ACCEPT_BACKLOG = 4_096;
    /** Plenty for PUBACKs; the kernel would give megabytes to each of many devices that do not read. */
    private static final int SEND_BUFFER_BYTES = 1 << 16;

    private static final long RESUME_EVERY_MILLIS = 20;
    private static final long SUPERVISE_EVERY_MILLIS = 1_000;

    private final Vertx vertx;
    private final MqttSettings settings;
    private final Sessions sessions;
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private String deployment = "";
    private int port;

    public MqttDoor(
            Vertx vertx,
            MqttSettings settings,
            IngestSettings ingest,
            DeviceDirectory directory,
            StreamCatalogue catalogue,
            Lanes lanes,
            SessionCounts counts,
            InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.sessions = new Sessions(
                directory,
                catalogue,
                lanes,
                SessionLimits.of(settings, ingest),
                counts,
                clock,
                () -> PayloadDecoder.of(ingest, counts));
    }

    /**
     * Listens from now on.
     *
     * @throws IngestException when the port is taken
     */
    public void open() {
        port = settings.port() == 0 ? freePort() : settings.port();
        int instances = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
        try {
            deployment = await(vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(instances)));
        } catch (IllegalStateException e) {
            throw new IngestException(
                    "TEAN_MQTT_PORT: cannot listen on " + settings.host() + ":" + settings.port() + " ("
                            + rootMessage(e) + "): stop the other program or choose another port",
                    e);
        }
    }

    /** With 0 each event loop would get a port of its own. Somebody else may take this one first; then open() says so. */
    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IngestException("TEAN_MQTT_PORT: there is no free port", e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    public int port() {
        return port;
    }

    public int connections() {
        return sessions.connections.get();
    }

    public int pausedConnections() {
        return sessions.pausedConnections.get();
    }

    public long unackedMessages() {
        return sessions.budget.messages();
    }

    public long unackedBytes() {
        return sessions.budget.bytes();
    }

    /** Accepts no more connections and reads no more messages; what is in hand can still be acknowledged. */
    public void stopReading() {
        for (Loop loop : loops) {
            loop.run(() -> {
                loop.stopAccepting();
                loop.own().stopReading();
            });
        }
    }

    /** Adds the devices that were heard, came or went since the last time. */
    public void collectContacts(ConcurrentMap<String, Contact> into) {
        for (Loop loop : loops) {
            loop.run(() -> loop.own().collectContacts(into));
        }
    }

    /** Since when a device is connected; empty when it is not. */
    public Optional<Instant> connectedSince(String deviceId) {
        return Optional.ofNullable(sessions.byDevice.get(deviceId)).map(DeviceSession::connectedAt);
    }

    /** Ends all connections; a device of MQTT 5 is told why. */
    public void endSessions() {
        for (Loop loop : loops) {
            loop.run(() -> loop.own().shutDown());
        }
    }

    /** Listens no more, and ends what connections are left. */
    public void close() {
        await(vertx.undeploy(deployment));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** One event loop's share of the connections. */
    private final class Loop extends VerticleBase {
        private final SessionLoop own = new SessionLoop(sessions);
        private boolean stopping;

        @Override
        public Future<?> start() {
            NetServer listening = vertx.createNetServer(new NetServerOptions()
                            .setHost(settings.host())
                            .setPort(port)
                            .setTcpNoDelay(true)
                            .setTcpKeepAlive(true)
                            .setSendBufferSize(SEND_BUFFER_BYTES)
                            .setAcceptBacklog(ACCEPT_BACKLOG))
                    .connectHandler(this::accept);
            vertx.setPeriodic(RESUME_EVERY_MILLIS, id -> own.resumeWherePossible());
            vertx.setPeriodic(SUPERVISE_EVERY_MILLIS, id -> own.supervise(System.nanoTime()));
            return listening.listen().onSuccess(s -> {
                loops.add(this);
            });
        }

        private void accept(NetSocket socket) {
            // A connection too many is told so at its CONNECT; those that say nothing must not pile up meanwhile.
            boolean flooded = sessions.connections.get() >= settings.maxConnections() + MOST_WAITING_FOR_REFUSAL;
            if (stopping || flooded) {
                sessions.counts.refused(stopping ? Ending.SHUTTING_DOWN : Ending.TOO_MANY_CONNECTIONS);
                socket.close();
                return;
            }
            var pipeline = ((NetSocketInternal) socket).channelHandlerContext().pipeline();
            DeviceSession session = DeviceSession.begin(sessions, own, pipeline);
            own.opened(session);
        }

        /** Closing the server would close its connections as well, and they wait for their PUBACKs. */
        void stopAccepting() {
            stopping = true;
        }

        SessionLoop own() {
            return own;
        }

        void run(Runnable action) {
            var done = new java.util.concurrent.CompletableFuture<Void>();
            context.runOnContext(nothing -> {
                action.run();
                done.complete(null);
            });
            done.orTimeout(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
