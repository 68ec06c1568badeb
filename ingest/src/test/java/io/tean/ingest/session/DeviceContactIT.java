package io.tean.ingest.session;

import static io.tean.ingest.session.House.Device;
import static io.tean.ingest.session.Packets.V3;
import static io.tean.ingest.session.Packets.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the table says of a device that a real connection has, had, or lost. */
class DeviceContactIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final House HOUSE = new House();

    private final AtomicReference<Instant> now = new AtomicReference<>(House.NOW);
    private final House.Running ingest = HOUSE.open(Map.of(), now::get);
    private final Device device = HOUSE.device();

    @AfterEach
    void end() {
        ingest.close();
    }

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    @Test
    void a_device_that_connects_is_connected_since_then() {
        try (Wire wire = ingest.wire(device, V5)) {
            awaitConnectedSince(House.NOW);
            assertThat(lastContact()).isEqualTo(House.NOW);
            wire.send(Packets.DISCONNECT);
        }
    }

    @Test
    void a_message_is_a_contact() {
        try (Wire wire = ingest.wire(device, V3)) {
            awaitConnectedSince(House.NOW);
            passes(Duration.ofMinutes(1));
            wire.send(Packets.publish(V3, device.topic("elevator-event"), 1, EVENT));
            wire.next();
            awaitContactAfter(House.NOW);
            assertThat(lastContact()).isBeforeOrEqualTo(now.get());
            assertThat(connectedSince()).isEqualTo(House.NOW.toString());
        }
    }

    @Test
    void a_ping_is_a_contact() {
        try (Wire wire = ingest.wire(device, V5)) {
            passes(Duration.ofMinutes(1));
            wire.send(Packets.PINGREQ);
            wire.next();
            awaitContactAfter(House.NOW);
        }
    }

    @Test
    void a_device_that_says_nothing_more_has_the_contact_that_it_had() {
        Device other = HOUSE.device();
        try (Wire silent = ingest.wire(device, V5);
                Wire wire = ingest.wire(other, V5)) {
            awaitConnectedSince(House.NOW);
            passes(Duration.ofMinutes(1));
            wire.send(Packets.PINGREQ);
            awaitContactAfter(other, House.NOW);
            assertThat(lastContact()).isEqualTo(House.NOW);
            silent.hangUp();
        }
    }

    @Test
    void a_device_that_disconnects_or_just_goes_is_not_connected() {
        Device other = HOUSE.device();
        Wire polite = ingest.wire(device, V5);
        Wire rude = ingest.wire(other, V3);
        awaitConnectedSince(device, House.NOW);
        awaitConnectedSince(other, House.NOW);
        polite.send(Packets.DISCONNECT);
        rude.hangUp();
        awaitGone(device);
        awaitGone(other);
        polite.close();
    }

    @Test
    void a_device_that_comes_again_is_connected_since_it_came_again() {
        ingest.wire(device, V5).hangUp();
        awaitGone(device);
        passes(Duration.ofMinutes(1));
        try (Wire again = ingest.wire(device, V5)) {
            awaitConnectedSince(now.get());
            again.send(Packets.DISCONNECT);
        }
    }

    @Test
    void a_device_that_takes_over_from_itself_stays_connected() {
        try (Wire first = ingest.wire(device, V5)) {
            awaitConnectedSince(House.NOW);
            passes(Duration.ofMinutes(1));
            try (Wire second = ingest.wire(device, V5)) {
                assertThat(first.next().at(0)).isEqualTo(0x8E);
                assertThat(first.read()).isEmpty();
                Instant taken = now.get();
                awaitConnectedSince(taken);
                passes(Duration.ofMinutes(1));
                second.send(Packets.PINGREQ);
                awaitContactAfter(taken);
                assertThat(connectedSince()).isEqualTo(taken.toString());
            }
        }
    }

    @Test
    void a_device_whose_login_is_refused_is_not_heard() {
        try (Wire wire = ingest.wire().send(Packets.connect(V5, device.id(), "wrong"))) {
            assertThat(wire.next().at(1)).isEqualTo(0x86);
        }
        Device other = HOUSE.device();
        ingest.wire(other, V5).hangUp();
        awaitGone(other);
        assertThat(HOUSE.database.number("SELECT count(*) FROM device_contact WHERE device_id = '" + device.id() + "'"))
                .isZero();
    }

    @Test
    void at_the_end_of_the_service_nobody_is_connected() {
        House.Running leaving = HOUSE.open(Map.of("TEAN_INGEST_REFRESH", "1s"), now::get);
        Device other = HOUSE.device();
        try (Wire wire = leaving.wire(device, V3);
                Wire deaf = leaving.wire(other, V5)) {
            passes(Duration.ofMinutes(1));
            wire.send(Packets.PINGREQ);
            assertThat(wire.next().type()).isEqualTo(13);
            leaving.close();
            assertThat(deaf.next().at(0)).isEqualTo(0x8B);
            assertThat(lastContact()).isAfter(House.NOW.minusSeconds(1));
            assertThat(connectedSince()).isEqualTo("none");
            assertThat(HOUSE.database.number(
                            "SELECT count(*) FROM device_contact WHERE device_id = '" + other.id() + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_device_that_moved_to_another_process_stays_connected_when_the_first_notices() {
        House.Running first = HOUSE.open(Map.of(), now::get);
        Wire old = first.wire(device, V5);
        awaitConnectedSince(House.NOW);
        passes(Duration.ofMinutes(1));
        Instant moved = now.get();
        try (Wire wire = ingest.wire(device, V5)) {
            awaitConnectedSince(moved);
            old.hangUp();
            await().atMost(PATIENCE).until(() -> first.gauge("tean.ingest.connections") == 0);
            // Its end writes what it knows, and it knows only its own.
            first.close();
            assertThat(connectedSince()).isEqualTo(moved.toString());
            wire.send(Packets.DISCONNECT);
        }
        awaitGone(device);
    }

    @Test
    void what_a_dead_process_left_as_connected_is_corrected_at_the_start_and_what_may_live_is_not() {
        Device living = HOUSE.device();
        leftAsConnected(device, House.NOW.minus(Duration.ofHours(1)));
        leftAsConnected(living, House.NOW.minus(Duration.ofMinutes(5)));
        try (House.Running next = HOUSE.open(Map.of(), now::get)) {
            awaitGone(device);
            assertThat(connectedSince(living)).isNotEqualTo("none");
            assertThat(next.gauge("tean.ingest.connections")).isZero();
        }
    }

    @Test
    void while_contacts_cannot_be_written_readings_are_stored_and_afterwards_nothing_is_missing() {
        try (Wire wire = ingest.wire(device, V5)) {
            awaitConnectedSince(House.NOW);
            HOUSE.database.execute("ALTER TABLE device_contact RENAME TO device_contact_away");
            try {
                passes(Duration.ofMinutes(1));
                wire.send(Packets.publish(V5, device.topic("elevator-event"), 1, EVENT));
                assertThat(wire.next().packetId()).isEqualTo(1);
                assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(1);
                double before = ingest.count("tean.ingest.contact.failed");
                await().atMost(PATIENCE).until(() -> ingest.count("tean.ingest.contact.failed") >= before + 2);
            } finally {
                HOUSE.database.execute("ALTER TABLE device_contact_away RENAME TO device_contact");
            }
            awaitContactAfter(House.NOW);
        }
    }

    @Test
    void who_goes_while_the_database_is_away_is_not_connected_afterwards() {
        Wire wire = ingest.wire(device, V5);
        awaitConnectedSince(House.NOW);
        HOUSE.database.execute("ALTER TABLE device_contact RENAME TO device_contact_away");
        try {
            double before = ingest.count("tean.ingest.contact.failed");
            wire.hangUp();
            await().atMost(PATIENCE).until(() -> ingest.count("tean.ingest.contact.failed") >= before + 2);
        } finally {
            HOUSE.database.execute("ALTER TABLE device_contact_away RENAME TO device_contact");
        }
        awaitGone(device);
    }

    private static final String EVENT = "{\"time\":1795305600000,\"code\":1,\"sequence\":1}";

    private void passes(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    private void awaitConnectedSince(Instant moment) {
        awaitConnectedSince(device, moment);
    }

    private static void awaitConnectedSince(Device device, Instant moment) {
        await().atMost(PATIENCE).until(() -> connectedSince(device).equals(moment.toString()));
    }

    private static void awaitGone(Device device) {
        await().atMost(PATIENCE)
                .until(() -> HOUSE.database.number("SELECT count(*) FROM device_contact WHERE connected_since IS NULL"
                                + " AND device_id = '" + device.id() + "'")
                        == 1);
    }

    private void awaitContactAfter(Instant moment) {
        awaitContactAfter(device, moment);
    }

    private static void awaitContactAfter(Device device, Instant moment) {
        await().atMost(PATIENCE)
                .until(() -> HOUSE.database.number("SELECT count(*) FROM device_contact WHERE last_contact > '" + moment
                                + "' AND device_id = '" + device.id() + "'")
                        == 1);
    }

    private Instant lastContact() {
        return Instant.parse(of(device, "last_contact"));
    }

    private String connectedSince() {
        return connectedSince(device);
    }

    private static String connectedSince(Device device) {
        return of(device, "connected_since");
    }

    private static String of(Device device, String column) {
        return HOUSE.database.text("SELECT coalesce((SELECT to_char(" + column
                + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM device_contact WHERE device_id = '"
                + device.id() + "'), 'none')");
    }

    private static void leftAsConnected(Device device, Instant heard) {
        HOUSE.database.execute(
                "INSERT INTO device_contact VALUES ('" + device.id() + "', '" + heard + "', '" + heard + "')");
    }
}
