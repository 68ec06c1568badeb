package io.tean.ingest.session;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentCode;
import io.tean.core.settings.Settings;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.TestStreams;
import io.tean.ingest.Ingest;
import io.tean.ingest.device.DeviceLedger;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A running ingest on a real database, with devices whose machines are registered. Closed with the class that uses it. */
final class House implements AutoCloseable {
    /** Readings of the tests are of this moment. */
    static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private static final int DEVICES = 500;

    final TestDatabase database = TestDatabase.fresh(TestStreams.withProbe());
    final DeviceLedger ledger = new DeviceLedger(database.pool());
    private final StreamCatalogue catalogue = TestStreams.withProbe();
    private final Vertx vertx = Vertx.vertx();
    private final Queue<Device> unused = new ArrayDeque<>();

    /** A device, its secret, and the code of the machine that it is bound to. */
    record Device(String id, String token, String code) {
        byte[] connect(int version) {
            return Packets.connect(version, id, token);
        }

        String topic(String stream) {
            return "tean/v1/" + code + "/" + stream;
        }
    }

    House() {
        database.execute(
                "INSERT INTO equipment (code, category, name) SELECT 'EQ-' || n, 'elevator', 'test' FROM generate_series(1, "
                        + DEVICES + ") n");
        Map<String, Enrolment> devices = new HashMap<>();
        for (int i = 1; i <= DEVICES; i++) {
            devices.put("d" + i, Enrolment.of(List.of(new EquipmentCode("EQ-" + i))));
        }
        ledger.addAll(devices, Actor.command())
                .forEach((id, token) -> unused.add(new Device(id, token.orElseThrow(), "EQ-" + id.substring(1))));
    }

    /** A device that no other test has used. */
    Device device() {
        return unused.remove();
    }

    /** An ingest with settings of its own. */
    Running open(Map<String, String> settings) {
        return open(settings, InstantSource.fixed(NOW));
    }

    /** An ingest with settings and a clock of its own. */
    Running open(Map<String, String> settings, InstantSource clock) {
        Map<String, String> environment = database.environment();
        environment.putAll(Map.of(
                "TEAN_MQTT_RECEIVE_MAXIMUM", "8",
                "TEAN_MQTT_MAX_PACKET_BYTES", "4096",
                "TEAN_MQTT_CONNECT_TIMEOUT", "5s",
                "TEAN_MQTT_REFUSAL_DELAY", "20ms",
                "TEAN_INGEST_BATCH_AGE", "5ms",
                "TEAN_INGEST_REFRESH", "100ms"));
        environment.putAll(settings);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Ingest ingest = Ingest.open(new Ingest.Parts(
                vertx, Settings.read(environment), database.pool(), catalogue, List.of(), meters, clock));
        return new Running(ingest, meters);
    }

    long rows(Device device, String table) {
        return database.number("SELECT count(*) FROM " + table
                + " WHERE equipment_id = (SELECT equipment_id FROM equipment WHERE code = '" + device.code() + "')");
    }

    String deadLetter(Device device) {
        return database.text(
                "SELECT coalesce(string_agg(reason || ' ' || times || ' ' || state, ',' ORDER BY dead_letter_id), 'none')"
                        + " FROM dead_letter WHERE device_id = '" + device.id() + "'");
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        database.close();
    }

    /** An open ingest and its meters. */
    record Running(Ingest ingest, SimpleMeterRegistry meters) implements AutoCloseable {
        Wire wire() {
            return Wire.to(ingest.port());
        }

        /** A connection of a device that is logged in. */
        Wire wire(Device device, int version) {
            Wire wire = wire().send(device.connect(version));
            Wire.Packet connack = wire.next();
            if (connack.first() != 0x20 || connack.at(1) != 0) {
                throw new AssertionError("the login was refused: " + connack);
            }
            return wire;
        }

        double count(String meter) {
            return meters.get(meter).counter().count();
        }

        double refused(Ending why) {
            return meters.get("tean.ingest.refused")
                    .tag("reason", why.word())
                    .counter()
                    .count();
        }

        double gauge(String meter) {
            return meters.get(meter).gauge().value();
        }

        @Override
        public void close() {
            ingest.close(Duration.ofSeconds(30));
        }
    }
}
