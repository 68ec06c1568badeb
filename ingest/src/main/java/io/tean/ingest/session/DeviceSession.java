package io.tean.ingest.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.tean.core.equipment.EquipmentCode;
import io.tean.core.stream.StreamDeclaration;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.arrival.Sender;
import io.tean.ingest.device.Contact;
import io.tean.ingest.device.DeviceLogin;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a device: takes its messages in, holds it back when it runs ahead, and acknowledges what a lane has settled. All
 * but {@link #settled} and {@link #end} runs on the connection's event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write that fails closes the channel, and channelInactive sees to the rest
final class DeviceSession extends ChannelInboundHandlerAdapter implements Sender {
    private static final Logger log = LoggerFactory.getLogger(DeviceSession.class);
    private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7E\\p{IsHan}]{0,128}");
    private static final String TOPIC_PREFIX = "tean/v1/";
    private static final int MOST_ROUTES_REMEMBERED = 1_000;
    private static final String DECODER = "mqtt";
    private static final int LONGEST_CLIENT_ID = 65_535;
    /** Who is not logged in gets no room for more than a CONNECT. */
    private static final int LARGEST_CONNECT_BYTES = 4_096;
    /** Our longest PUBACK: the reason's text, four bytes a character, and what stands around it. */
    private static final int LARGEST_ANSWER_BYTES = 512;

    private static final int LAST_WORD_SECONDS = 2;

    private enum Stage {
        AWAITING_CONNECT,
        OPEN,
        ENDING
    }

    private final Sessions sessions;
    private final SessionLoop loop;
    private final Channel channel;
    private final long openedNanos = System.nanoTime();

    private Stage stage = Stage.AWAITING_CONNECT;
    private @Nullable DeviceLogin login;
    private boolean version5;
    private boolean wantsProblemText = true;
    private long silenceLimitNanos;
    /** When its last packet came; of the last contact all else is worked out when somebody asks. */
    private long heardNanos = openedNanos;

    private long resumedNanos = openedNanos;
    private long toldNanos;
    private Instant connectedAt = Instant.EPOCH;
    private Instant lastContact = Instant.EPOCH;
    private boolean reading = true;
    private long pausedSinceNanos;
    /** Messages taken in and not settled; of these with QoS 1. */
    private int inFlight;

    private int inFlightQos1;
    private Map<String, Route> routes = Map.of();
    private long routesRevision = -1;

    private final Object settledLock = new Object();
    private List<Arrival> settledArrivals = new ArrayList<>(4);
    private boolean flushScheduled;

    /** Where a topic leads. */
    private record Route(
            String equipmentCode, String stream, Optional<StreamDeclaration> declaration, OptionalInt equipmentId) {}

    private DeviceSession(Sessions sessions, SessionLoop loop, Channel channel) {
        this.sessions = sessions;
        this.loop = loop;
        this.channel = channel;
    }

    /** Puts the session and its decoder into a new connection. */
    static DeviceSession begin(Sessions sessions, SessionLoop loop, ChannelPipeline pipeline) {
        DeviceSession session = new DeviceSession(sessions, loop, pipeline.channel());
        pipeline.addBefore("handler", DECODER, new MqttDecoder(LARGEST_CONNECT_BYTES, LONGEST_CLIENT_ID));
        pipeline.addBefore("handler", "session", session);
        return session;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (stage != Stage.ENDING && message instanceof MqttMessage packet) {
                heardNanos = System.nanoTime();
                packet(packet);
            }
        } catch (RuntimeException e) {
            log.error("a bug in the session of device {}", deviceId(), e);
            end(Ending.BUG);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stage = Stage.ENDING;
        loop.closed(this);
        leave();
        super.channelInactive(context);
    }

    /** A device that does not read its PUBACKs is not read either. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        resumeIfPossible();
        super.channelWritabilityChanged(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by the device, or bytes that the decoder could not take: the end of this connection and of no other.
        log.debug("connection of device {} broke: {}", deviceId(), cause.toString());
        context.close();
    }

    private void packet(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            undecodable(packet.decoderResult().cause());
            return;
        }
        if (stage == Stage.AWAITING_CONNECT) {
            if (packet instanceof MqttConnectMessage connect) {
                connect(connect);
            } else {
                endNow(Ending.NO_CONNECT);
            }
            return;
        }
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> publish((MqttPublishMessage) packet);
            case PINGREQ -> ping();
            case DISCONNECT -> {
                stage = Stage.ENDING;
                close();
            }
            case SUBSCRIBE, UNSUBSCRIBE -> endNow(Ending.SUBSCRIPTION);
            // A second CONNECT, and everything that only answers what we never send.
            case CONNECT, CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                endNow(Ending.PROTOCOL_ERROR);
        }
    }

    private void undecodable(Throwable cause) {
        if (stage == Stage.AWAITING_CONNECT && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuse(Ending.UNSUPPORTED_VERSION);
        } else if (stage == Stage.AWAITING_CONNECT) {
            endNow(Ending.MALFORMED);
        } else {
            endNow(cause instanceof TooLongFrameException ? Ending.PACKET_TOO_LARGE : Ending.MALFORMED);
        }
    }

    private void connect(MqttConnectMessage connect) {
        var header = connect.variableHeader();
        version5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
        if (sessions.connections.get() > sessions.limits.maxConnections()) {
            refuse(Ending.TOO_MANY_CONNECTIONS);
            return;
        }
        if (!CLIENT_ID.matcher(connect.payload().clientIdentifier()).matches()) {
            refuse(Ending.MALFORMED);
            return;
        }
        Optional<DeviceLogin> known = sessions.directory.logIn(
                connect.payload().userName(), connect.payload().passwordInBytes());
        if (known.isEmpty()) {
            log.info(
                    "refused the login '{}' from {}",
                    DeadLetter.storable(String.valueOf(connect.payload().userName()), 64),
                    channel.remoteAddress());
            refuse(Ending.BAD_LOGIN);
            return;
        }
        login = known.get();
        if (version5) {
            var problem = connect.variableHeader().properties().getProperty(MqttProperties.REQUEST_PROBLEM_INFORMATION);
            var largest = connect.variableHeader().properties().getProperty(MqttProperties.MAXIMUM_PACKET_SIZE);
            wantsProblemText = (problem == null || !Integer.valueOf(0).equals(problem.value()))
                    && (largest == null || (largest.value() instanceof Integer bytes && bytes >= LARGEST_ANSWER_BYTES));
        }
        int longest = Math.toIntExact(sessions.limits.maxKeepAlive().toSeconds());
        int asked = header.keepAliveTimeSeconds();
        int keepAlive = asked == 0 ? longest : Math.min(asked, longest);
        silenceLimitNanos = TimeUnit.SECONDS.toNanos(keepAlive) * 3 / 2;
        stage = Stage.OPEN;
        connectedAt = sessions.clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastContact = connectedAt;
        toldNanos = heardNanos - 1;
        sessions.enter(known.get().deviceId(), this);
        channel.writeAndFlush(Answers.accepted(
                channel.alloc(),
                version5,
                new Answers.Limits(
                        connect.payload().clientIdentifier().isEmpty()
                                ? known.get().deviceId()
                                : "",
                        sessions.limits.receiveMaximum(),
                        sessions.limits.maxPacketBytes(),
                        keepAlive)));
        // Last: what the device sent behind its CONNECT comes through the new decoder at once.
        channel.pipeline()
                .replace(DECODER, DECODER, new MqttDecoder(sessions.limits.maxPacketBytes(), LONGEST_CLIENT_ID));
    }

    private void ping() {
        channel.writeAndFlush(Answers.pong(channel.alloc()));
        if (!channel.isWritable()) {
            pause();
        }
    }

    private void publish(MqttPublishMessage publish) {
        var header = publish.variableHeader();
        MqttQoS qos = publish.fixedHeader().qosLevel();
        if (qos == MqttQoS.EXACTLY_ONCE) {
            endNow(Ending.QOS_2);
            return;
        }
        if (version5) {
            if (publish.fixedHeader().isRetain()) {
                endNow(Ending.RETAIN);
                return;
            }
            if (header.properties().getProperty(MqttProperties.TOPIC_ALIAS) != null) {
                endNow(Ending.TOPIC_ALIAS);
                return;
            }
            if (qos == MqttQoS.AT_LEAST_ONCE && inFlightQos1 >= sessions.limits.receiveMaximum()) {
                endNow(Ending.RECEIVE_MAXIMUM_EXCEEDED);
                return;
            }
        }
        Route route = route(header.topicName());
        if (route == null) {
            return;
        }
        take(publish, qos == MqttQoS.AT_LEAST_ONCE, route);
    }

    private void take(MqttPublishMessage publish, boolean acknowledge, Route route) {
        ByteBuf content = publish.payload();
        byte[] payload = new byte[content.readableBytes()];
        content.readBytes(payload);
        Arrival arrival = new Arrival(
                this,
                java.util.Objects.requireNonNull(login).deviceId(),
                route.equipmentCode,
                route.stream,
                payload,
                acknowledge ? publish.variableHeader().packetId() : 0,
                Arrival.micros(sessions.clock.instant()),
                0);
        if (route.declaration.isEmpty()) {
            arrival.refuse(DeadLetterReason.UNKNOWN_STREAM, "there is no stream '" + route.stream + "'");
        } else if (route.equipmentId.isEmpty()) {
            arrival.refuse(
                    DeadLetterReason.UNREGISTERED_EQUIPMENT,
                    "equipment " + route.equipmentCode + " is not registered; replayed by itself once it is");
        } else {
            loop.decoder.decode(arrival, route.declaration.get(), route.equipmentId.getAsInt());
        }
        sessions.counts.received();
        inFlight++;
        if (acknowledge) {
            inFlightQos1++;
        }
        arrival.countAs(arrival.weight());
        boolean room = sessions.budget.take(arrival.countedAs());
        if (!room || inFlight >= sessions.limits.receiveMaximum() || !channel.isWritable()) {
            pause();
        }
        sessions.lanes.submit(arrival, route.equipmentId.orElse(route.equipmentCode.hashCode()));
    }

    /** Where a topic leads, or nothing when the connection has been ended for it. */
    private @Nullable Route route(String topic) {
        long revision = sessions.directory.revision();
        if (revision != routesRevision || routes.size() >= MOST_ROUTES_REMEMBERED) {
            routes = new HashMap<>();
            routesRevision = revision;
        }
        Route known = routes.get(topic);
        if (known != null) {
            return known;
        }
        int slash = topic.indexOf('/', TOPIC_PREFIX.length());
        if (!topic.startsWith(TOPIC_PREFIX) || slash < 0 || topic.indexOf('/', slash + 1) >= 0) {
            endNow(Ending.BAD_TOPIC);
            return null;
        }
        String code = topic.substring(TOPIC_PREFIX.length(), slash);
        if (!EquipmentCode.isWellFormed(code)) {
            endNow(Ending.BAD_TOPIC);
            return null;
        }
        Optional<DeviceLogin> present = sessions.directory.login(deviceId());
        if (present.isEmpty() || !present.get().isBoundTo(code)) {
            log.warn("device {} published for equipment {}, which it is not bound to", deviceId(), code);
            endNow(Ending.NOT_BOUND);
            return null;
        }
        String stream = topic.substring(slash + 1);
        Route route = new Route(
                code, stream, sessions.catalogue.stream(stream), present.get().equipmentId(code));
        routes.put(topic, route);
        return route;
    }

    @Override
    public void settled(Arrival arrival) {
        boolean schedule;
        synchronized (settledLock) {
            settledArrivals.add(arrival);
            schedule = !flushScheduled;
            flushScheduled = true;
        }
        if (schedule) {
            channel.eventLoop().execute(this::acknowledge);
        }
    }

    /** Sends the PUBACKs of all that was settled since the last time, in one write. */
    private void acknowledge() {
        List<Arrival> settled;
        synchronized (settledLock) {
            settled = settledArrivals;
            settledArrivals = new ArrayList<>(settled.size());
            flushScheduled = false;
        }
        long bytes = 0;
        int acknowledged = 0;
        ByteBuf out = channel.alloc().buffer(settled.size() * Answers.PUBACK_LENGTH);
        for (Arrival arrival : settled) {
            bytes += arrival.countedAs();
            if (arrival.packetId() != 0) {
                acknowledged++;
                DeadLetter complaint = arrival.complaint();
                if (version5 && complaint != null) {
                    Answers.puback(out, arrival.packetId(), complaint, wantsProblemText);
                } else {
                    Answers.puback(out, arrival.packetId());
                }
            }
        }
        inFlight -= settled.size();
        inFlightQos1 -= acknowledged;
        sessions.budget.release(settled.size(), bytes);
        if (channel.isActive()) {
            sessions.counts.acknowledged(acknowledged);
            channel.writeAndFlush(out);
        } else {
            sessions.counts.ackLost(acknowledged);
            out.release();
        }
        resumeIfPossible();
    }

    private void pause() {
        if (reading) {
            reading = false;
            pausedSinceNanos = System.nanoTime();
            channel.config().setAutoRead(false);
            loop.paused(this);
        }
    }

    void resumeIfPossible() {
        boolean own = inFlight <= sessions.limits.receiveMaximum() / 2;
        if (!reading && stage == Stage.OPEN && own && channel.isWritable() && sessions.budget.hasRoom()) {
            reading = true;
            resumedNanos = System.nanoTime();
            loop.resumed(this);
            channel.config().setAutoRead(true);
        }
    }

    void stopReading() {
        reading = false;
        stage = stage == Stage.OPEN ? Stage.ENDING : stage;
        channel.config().setAutoRead(false);
    }

    void supervise(long nowNanos, boolean directoryChanged) {
        if (stage == Stage.AWAITING_CONNECT) {
            if (nowNanos - openedNanos > sessions.limits.connectTimeout().toNanos()) {
                endNow(Ending.NO_CONNECT);
            }
            return;
        }
        if (stage != Stage.OPEN) {
            return;
        }
        if (!reading) {
            if (nowNanos - pausedSinceNanos > sessions.limits.maxPause().toNanos()) {
                endNow(Ending.HELD_BACK_TOO_LONG);
            }
        } else if (nowNanos - heardNanos > silenceLimitNanos && nowNanos - resumedNanos > silenceLimitNanos) {
            endNow(Ending.SILENT);
        }
        DeviceLogin mine = login;
        if (directoryChanged && mine != null) {
            boolean stillMine = sessions.directory
                    .login(mine.deviceId())
                    .filter(mine::isSameLogin)
                    .isPresent();
            if (!stillMine) {
                endNow(Ending.LOGIN_WITHDRAWN);
            }
        }
    }

    /** Gives its device up, unless another session has taken it over, and leaves word of the last contact. */
    private void leave() {
        DeviceLogin known = login;
        if (known != null) {
            sessions.leave(known.deviceId(), this);
            loop.gone(contact(known, sessions.clock.instant(), System.nanoTime()));
        }
    }

    /** The last contact, if there was one since the last time that it was asked for. */
    Optional<Contact> newContact(Instant now, long nowNanos) {
        DeviceLogin known = login;
        return known == null || heardNanos == toldNanos ? Optional.empty() : Optional.of(contact(known, now, nowNanos));
    }

    /** A clock that was put back does not take back what was told. */
    private Contact contact(DeviceLogin known, Instant now, long nowNanos) {
        if (heardNanos != toldNanos) {
            Instant heard = now.minusNanos(nowNanos - heardNanos);
            lastContact = heard.isAfter(lastContact) ? heard : lastContact;
            toldNanos = heardNanos;
        }
        return new Contact(known.deviceId(), lastContact, connectedAt);
    }

    /** When the device was accepted. Any thread that found the session by its device may ask. */
    Instant connectedAt() {
        return connectedAt;
    }

    /** Ends the connection, from any thread. */
    void end(Ending why) {
        if (channel.eventLoop().inEventLoop()) {
            endNow(why);
        } else {
            channel.eventLoop().execute(() -> endNow(why));
        }
    }

    private void endNow(Ending why) {
        if (!channel.isActive()) {
            return;
        }
        sessions.counts.refused(why);
        log.debug("ending the connection of device {}: {}", deviceId(), why.word());
        boolean sayWhy = version5 && login != null;
        stage = Stage.ENDING;
        leave();
        if (sayWhy) {
            channel.writeAndFlush(Answers.disconnect(channel.alloc(), why)).addListener(ChannelFutureListener.CLOSE);
            // A device that does not read will never take it.
            channel.eventLoop().schedule(this::close, LAST_WORD_SECONDS, TimeUnit.SECONDS);
        } else {
            close();
        }
    }

    /** At once: Vert.x's own handler, behind ours, would first wait until the device has read everything. */
    private void close() {
        ChannelHandlerContext own = channel.pipeline().context(this);
        if (own != null) {
            own.close();
        }
    }

    /** Answers a CONNECT with a refusal, after a while: a device with a wrong token would come back at once. */
    private void refuse(Ending why) {
        sessions.counts.refused(why);
        stage = Stage.ENDING;
        reading = false;
        channel.config().setAutoRead(false);
        Duration delay = why == Ending.BAD_LOGIN ? sessions.limits.refusalDelay() : Duration.ZERO;
        channel.eventLoop()
                .schedule(
                        () -> {
                            channel.writeAndFlush(Answers.refused(channel.alloc(), version5, why))
                                    .addListener(ChannelFutureListener.CLOSE);
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private String deviceId() {
        DeviceLogin known = login;
        return known == null ? "(not logged in)" : known.deviceId();
    }
}
