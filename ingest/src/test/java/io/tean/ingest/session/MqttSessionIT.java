package io.tean.ingest.session;

import static io.tean.ingest.session.House.Device;
import static io.tean.ingest.session.Packets.V3;
import static io.tean.ingest.session.Packets.V5;
import static io.tean.ingest.session.Packets.hex;
import static io.tean.ingest.session.Packets.join;
import static io.tean.ingest.session.Packets.packet;
import static io.tean.ingest.session.Packets.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import io.tean.ingest.session.Wire.Packet;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSessionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final House HOUSE = new House();
    private static final House.Running INGEST = HOUSE.open(Map.of());

    private final Device device = HOUSE.device();

    @BeforeAll
    static void nothing_is_open_yet() {
        assertThat(INGEST.gauge("tean.ingest.connections")).isZero();
    }

    @AfterAll
    static void close() {
        INGEST.close();
        HOUSE.close();
    }

    @Test
    void a_device_of_version_3_is_accepted_with_four_bytes() {
        try (Wire wire = INGEST.wire().send(device.connect(V3))) {
            assertThat(wire.next()).satisfies(p -> {
                assertThat(p.first()).isEqualTo(0x20);
                assertThat(p.body()).isEqualTo(hex("0000"));
            });
        }
    }

    @Test
    void a_device_of_version_5_is_told_what_it_may_do() throws IOException {
        try (Wire wire = INGEST.wire().send(Packets.connect(V5, "c1", device.id(), device.token(), 600))) {
            Packet connack = wire.next();
            assertThat(connack.at(0)).as("session present").isZero();
            assertThat(connack.at(1)).as("reason").isZero();
            assertThat(connack.at(2)).as("length of properties").isEqualTo(connack.body().length - 3);
            assertThat(properties(connack))
                    .containsEntry(0x21, 8L) // Receive Maximum
                    .containsEntry(0x22, 0L) // Topic Alias Maximum
                    .containsEntry(0x24, 1L) // Maximum QoS
                    .containsEntry(0x25, 0L) // Retain Available
                    .containsEntry(0x27, 4096L) // Maximum Packet Size
                    .containsEntry(0x13, 300L) // Server Keep Alive
                    .containsEntry(0x11, 0L) // Session Expiry Interval
                    .containsEntry(0x28, 0L) // Wildcard Subscription Available
                    .containsEntry(0x29, 0L) // Subscription Identifiers Available
                    .containsEntry(0x2A, 0L) // Shared Subscription Available
                    .doesNotContainKey(0x12);
        }
    }

    @Test
    void a_device_of_version_5_without_a_client_id_is_told_one() throws IOException {
        try (Wire wire = INGEST.wire().send(Packets.connect(V5, "", device.id(), device.token(), 60))) {
            Packet connack = wire.next();
            assertThat(connack.at(1)).isZero();
            assertThat(properties(connack)).containsKey(0x12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {V3, V5})
    void an_acknowledged_message_is_stored(int version) {
        try (Wire wire = INGEST.wire(device, version)) {
            wire.send(Packets.publish(version, device.topic("elevator-event"), 258, event(1)));
            Packet puback = wire.next();
            assertThat(puback.first()).isEqualTo(0x40);
            assertThat(puback.body()).isEqualTo(hex("0102"));
            assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(1);
        }
    }

    @Test
    void no_message_is_acknowledged_before_its_commit() throws SQLException {
        try (Wire wire = INGEST.wire(device, V5)) {
            try (Connection owner = locked("maintenance_visit")) {
                wire.send(Packets.publish(V5, device.topic("maintenance-visit"), 1, visit("v1")), Packets.PINGREQ);
                assertThat(wire.next().type()).as("only the answer to the ping").isEqualTo(13);
                await().atMost(PATIENCE)
                        .until(() -> HOUSE.database.number(
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                > 0);
                wire.send(Packets.PINGREQ);
                assertThat(wire.next().type()).isEqualTo(13);
                owner.rollback();
            }
            assertThat(wire.next().packetId()).isEqualTo(1);
            assertThat(HOUSE.rows(device, "maintenance_visit")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {V3, V5})
    void messages_may_follow_the_connect_before_its_answer(int version) {
        try (Wire wire = INGEST.wire()) {
            wire.send(device.connect(version), three(version));
            assertAcknowledged(wire, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {V3, V5})
    void packets_may_come_one_byte_in_a_segment(int version) {
        try (Wire wire = INGEST.wire()) {
            wire.sendByteByByte(device.connect(version), three(version), Packets.PINGREQ);
            assertAcknowledged(wire, 1, 2, 3);
        }
    }

    @Test
    void properties_of_more_than_127_bytes_do_not_leak_into_the_payload() {
        byte[] user = join(hex("26"), text("name"), text("v".repeat(300)));
        byte[] publish = Packets.publish(
                V5, 0x32, device.topic("elevator-event"), 7, join(user, user), event(1).getBytes(UTF_8));
        try (Wire wire = INGEST.wire(device, V5)) {
            wire.sendByteByByte(publish);
            assertThat(wire.next().body()).isEqualTo(hex("0007"));
            wire.send(publish);
            assertThat(wire.next().body()).isEqualTo(hex("0007"));
        }
        assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(1);
    }

    @Test
    void a_message_of_qos_0_is_stored_and_not_answered() {
        try (Wire wire = INGEST.wire(device, V3)) {
            wire.send(
                    Packets.publishQos0(V3, device.topic("elevator-event"), event(1)),
                    Packets.publish(V3, device.topic("elevator-event"), 9, event(2)));
            assertThat(wire.next().packetId()).isEqualTo(9);
            assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(2);
        }
    }

    @Test
    void the_same_message_again_is_acknowledged_again_and_stored_once() {
        byte[] again =
                Packets.publish(V5, 0x3A, device.topic("elevator-event"), 1, new byte[0], event(1).getBytes(UTF_8));
        for (int i = 0; i < 3; i++) {
            try (Wire wire = INGEST.wire(device, V5)) {
                wire.send(again);
                assertThat(wire.next().body()).isEqualTo(hex("0001"));
            }
        }
        assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(1);
    }

    @Test
    void a_sixth_stream_works_end_to_end_by_its_file_alone() {
        try (Wire wire = INGEST.wire(device, V5)) {
            String reading = "{\"time\":1795305600000,\"kind\":\"b\",\"number\":4,\"tags\":[\"甲\"]}";
            wire.send(Packets.publish(V5, device.topic("test-probe"), 1, reading));
            assertThat(wire.next().body()).isEqualTo(hex("0001"));
            assertThat(HOUSE.rows(device, "test_probe")).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void a_bad_message_is_kept_acknowledged_with_its_reason_and_harms_no_other(
            String reason, int code, String stream, byte[] payload) {
        try (Wire wire = INGEST.wire(device, V5)) {
            wire.send(
                    Packets.publish(V5, 0x32, device.topic(stream), 1, new byte[0], payload),
                    Packets.publish(V5, device.topic("elevator-event"), 2, event(2)));
            Packet refusal = wire.next();
            assertThat(refusal.packetId()).isEqualTo(1);
            assertThat(refusal.at(2)).isEqualTo(code);
            assertThat(new String(refusal.body(), 7, refusal.body().length - 7, UTF_8))
                    .startsWith(reason);
            assertThat(wire.next().body()).isEqualTo(hex("0002"));
        }
        assertThat(HOUSE.deadLetter(device)).isEqualTo(reason + " 1 kept");
        assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(1);
    }

    static Stream<Arguments> badMessages() {
        return Stream.of(
                arguments("not-json", 0x99, "elevator-event", "困人".getBytes(UTF_8)),
                arguments("not-json", 0x99, "elevator-event", new byte[0]),
                arguments("not-json", 0x99, "elevator-event", "[".repeat(4_000).getBytes(UTF_8)),
                arguments("not-utf8", 0x99, "elevator-event", hex("ff00")),
                arguments(
                        "forbidden-character",
                        0x99,
                        "elevator-event",
                        event(1, "\\u0000").getBytes(UTF_8)),
                arguments(
                        "time-ahead",
                        0x83,
                        "elevator-event",
                        "{\"time\":4070908800000,\"code\":1,\"sequence\":1}".getBytes(UTF_8)),
                arguments("too-old", 0x83, "elevator-event", "{\"time\":0,\"code\":1,\"sequence\":1}".getBytes(UTF_8)),
                arguments("unknown-stream", 0x90, "elevator-dreams", "{}".getBytes(UTF_8)),
                arguments("unknown-stream", 0x90, "", "{}".getBytes(UTF_8)),
                arguments("unknown-stream", 0x90, "Elevator-Event", "{}".getBytes(UTF_8)));
    }

    @Test
    void of_a_conflict_a_device_is_told_when_the_database_has_found_it() {
        try (Wire wire = INGEST.wire(device, V5)) {
            wire.send(Packets.publish(V5, device.topic("elevator-event"), 1, event(1, "first")));
            assertThat(wire.next().body()).isEqualTo(hex("0001"));
            wire.send(Packets.publish(V5, device.topic("elevator-event"), 2, event(1, "second")));
            assertThat(wire.next().at(2)).isEqualTo(0x83);
        }
        assertThat(HOUSE.deadLetter(device)).isEqualTo("conflict 1 kept");
    }

    @Test
    void a_bad_message_of_version_3_is_acknowledged_as_any_other() {
        try (Wire wire = INGEST.wire(device, V3)) {
            wire.send(Packets.publish(V3, device.topic("elevator-event"), 5, "no"));
            assertThat(wire.next().body()).isEqualTo(hex("0005"));
        }
    }

    @Test
    void a_device_that_wants_no_reason_strings_gets_none() {
        byte[] connect =
                packet(0x10, text("MQTT"), hex("05c2003c 02 1700"), text("c"), text(device.id()), text(device.token()));
        try (Wire wire = INGEST.wire().send(connect)) {
            wire.next();
            wire.send(Packets.publish(V5, device.topic("elevator-event"), 5, "no"));
            assertThat(wire.next().body()).isEqualTo(hex("000599"));
        }
    }

    @Test
    void a_message_for_unregistered_equipment_is_replayed_by_itself_once_it_is_registered() {
        String code = "NEW-" + device.id();
        HOUSE.ledger.add(device.id(), Enrolment.of(List.of(new EquipmentCode(code))), Actor.command());
        await().atMost(PATIENCE).until(() -> publishesFor(code));
        assertThat(HOUSE.deadLetter(device)).isEqualTo("unregistered-equipment 1 kept");
        HOUSE.database.execute(
                "INSERT INTO equipment (code, category, name) VALUES ('" + code + "', 'elevator', 'new')");
        await().atMost(PATIENCE).until(() -> HOUSE.deadLetter(device), "unregistered-equipment 1 replayed"::equals);
        assertThat(HOUSE.database.number("SELECT count(*) FROM elevator_event JOIN equipment USING (equipment_id)"
                        + " WHERE equipment.code = '" + code + "'"))
                .isEqualTo(1);
        assertThat(publishesFor(code)).isTrue();
    }

    private boolean publishesFor(String code) {
        try (Wire wire = INGEST.wire(device, V5)) {
            wire.send(Packets.publish(V5, "tean/v1/" + code + "/elevator-event", 1, event(1)));
            return wire.read().filter(p -> p.type() == 4).isPresent();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedLogins")
    void a_login_that_is_not_right_is_refused(String what, int version, String connack) {
        String user = what.contains("unknown") ? "nobody" : device.id();
        String token = what.contains("token") ? "wrong" : device.token();
        try (Wire wire = INGEST.wire().send(Packets.connect(version, user, token))) {
            assertThat(wire.next().body()).isEqualTo(hex(connack));
            assertThat(wire.read()).isEmpty();
        }
    }

    static Stream<Arguments> refusedLogins() {
        return Stream.of(
                arguments("wrong token", V3, "0005"),
                arguments("wrong token", V5, "008600"),
                arguments("unknown device", V3, "0005"),
                arguments("unknown device", V5, "008600"),
                arguments("version 3.1.0 and 6", 6, "0001"));
    }

    @Test
    void a_login_without_name_and_token_is_refused() {
        try (Wire wire = INGEST.wire().send(packet(0x10, text("MQTT"), hex("0402003c"), text("c")))) {
            assertThat(wire.next().body()).isEqualTo(hex("0005"));
            assertThat(wire.read()).isEmpty();
        }
    }

    @Test
    void a_publish_behind_a_refused_login_is_not_stored() {
        try (Wire wire = INGEST.wire()) {
            wire.send(Packets.connect(V5, device.id(), "wrong"), three(V5));
            assertThat(wire.next().at(1)).isEqualTo(0x86);
            assertThat(wire.read()).isEmpty();
        }
        assertThat(HOUSE.rows(device, "elevator_event")).isZero();
    }

    @Test
    void the_session_of_a_device_that_is_disabled_ends_and_it_does_not_come_in_again() {
        try (Wire wire = INGEST.wire(device, V5)) {
            HOUSE.ledger.disable(device.id(), Actor.command());
            assertThat(wire.next().body()).isEqualTo(hex("9800"));
            assertThat(wire.read()).isEmpty();
        }
        try (Wire wire = INGEST.wire().send(device.connect(V5))) {
            assertThat(wire.next().at(1)).isEqualTo(0x86);
        }
    }

    @Test
    void the_session_of_a_device_whose_token_is_renewed_ends_and_only_the_new_token_opens_another() {
        String token;
        try (Wire wire = INGEST.wire(device, V5)) {
            token = HOUSE.ledger.renewToken(device.id(), Actor.command());
            assertThat(wire.next().body()).isEqualTo(hex("9800"));
            assertThat(wire.read()).isEmpty();
        }
        try (Wire wire = INGEST.wire().send(device.connect(V5))) {
            assertThat(wire.next().at(1)).isEqualTo(0x86);
        }
        INGEST.wire(new Device(device.id(), token, device.code()), V5).close();
    }

    @Test
    void a_device_that_connects_again_takes_over_from_itself_whatever_its_client_id() {
        try (Wire old = INGEST.wire(device, V5);
                Wire young = INGEST.wire().send(Packets.connect(V3, "another", device.id(), device.token(), 60))) {
            assertThat(young.next().body()).isEqualTo(hex("0000"));
            assertThat(old.next().body()).isEqualTo(hex("8e00"));
            assertThat(old.read()).isEmpty();
            young.send(Packets.publish(V3, device.topic("elevator-event"), 1, event(1)));
            assertThat(young.next().packetId()).isEqualTo(1);
        }
    }

    @Test
    void a_device_does_not_take_over_from_another_by_its_client_id() {
        Device other = HOUSE.device();
        try (Wire first = INGEST.wire().send(Packets.connect(V5, "same", device.id(), device.token(), 60));
                Wire second = INGEST.wire().send(Packets.connect(V5, "same", other.id(), other.token(), 60))) {
            assertThat(first.next().at(1)).isZero();
            assertThat(second.next().at(1)).isZero();
            first.send(Packets.PINGREQ);
            assertThat(first.next().type()).isEqualTo(13);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void what_is_not_allowed_ends_the_connection_with_its_reason(Ending why, int version, byte[] wrong) {
        double before = INGEST.refused(why);
        Device other = HOUSE.device();
        byte[] theirs = Packets.publish(version, other.topic("elevator-event"), 1, event(1));
        try (Wire wire = INGEST.wire(device, version)) {
            wire.send(wrong.length == 0 ? theirs : wrong);
            if (version == V5) {
                assertThat(wire.next()).satisfies(p -> {
                    assertThat(p.first()).isEqualTo(0xE0);
                    assertThat(p.at(0)).isEqualTo(why.mqttReason());
                });
            }
            assertThat(wire.read()).isEmpty();
        }
        assertThat(INGEST.refused(why)).isEqualTo(before + 1);
        assertThat(HOUSE.rows(other, "elevator_event")).isZero();
    }

    static Stream<Arguments> endings() {
        byte[] none = new byte[0];
        byte[] alias = hex("230001");
        String topic = "tean/v1/EQ-1/x";
        Stream<Arguments> ofVersion5 = Stream.of(
                arguments(Ending.RETAIN, V5, Packets.publish(V5, 0x33, topic, 1, none, none)),
                arguments(Ending.TOPIC_ALIAS, V5, Packets.publish(V5, 0x32, topic, 1, alias, none)),
                arguments(Ending.TOPIC_ALIAS, V5, Packets.publish(V5, 0x32, "", 1, alias, none)),
                arguments(Ending.PROTOCOL_ERROR, V5, hex("f0021800")));
        return Stream.concat(Stream.of(V3, V5).flatMap(MqttSessionIT::endingsOfBoth), ofVersion5);
    }

    private static Stream<Arguments> endingsOfBoth(int version) {
        byte[] none = new byte[0];
        String topic = "tean/v1/EQ-1/x";
        return Stream.of(
                arguments(Ending.NOT_BOUND, version, none),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "$SYS/x", 1, "{}")),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "", 1, "{}")),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "tean/v1/EQ-1", 1, "{}")),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "tean/v1/EQ-1/a/b", 1, "{}")),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "tean/v1/../a", 1, "{}")),
                arguments(Ending.BAD_TOPIC, version, Packets.publish(version, "tean/v1//a", 1, "{}")),
                arguments(Ending.QOS_2, version, Packets.publish(version, 0x34, topic, 1, none, none)),
                arguments(Ending.SUBSCRIPTION, version, Packets.subscribe(version, "#")),
                arguments(Ending.PROTOCOL_ERROR, version, Packets.connect(version, "d1", "x")),
                arguments(Ending.PROTOCOL_ERROR, version, packet(0x40, hex("0001"))),
                arguments(Ending.PACKET_TOO_LARGE, version, hex("30 ffffff7f")),
                arguments(Ending.MALFORMED, version, hex("30 ffffffff7f")),
                arguments(Ending.MALFORMED, version, hex("36 07 0001 61 0001 7b 7d")),
                arguments(Ending.MALFORMED, version, hex("32 04 0002 c0af")),
                arguments(Ending.MALFORMED, version, hex("32 03 00ff" + "61".repeat(2_000))),
                arguments(Ending.MALFORMED, version, hex("0000")),
                arguments(Ending.MALFORMED, version, Packets.publish(version, "tean/v1/#/x", 1, "{}")),
                arguments(Ending.MALFORMED, version, Packets.publish(version, 0x32, topic, 0, none, none)));
    }

    @Test
    void a_packet_of_exactly_the_largest_size_is_taken() {
        String topic = device.topic("elevator-event");
        int head = Packets.publish(V3, topic, 1, "x".repeat(3_000)).length - 3_000;
        try (Wire wire = INGEST.wire(device, V3)) {
            wire.send(Packets.publish(V3, topic, 1, " ".repeat(4_096 - head)));
            assertThat(wire.next().packetId()).isEqualTo(1);
            wire.send(Packets.publish(V3, topic, 2, " ".repeat(4_097 - head)));
            assertThat(wire.read()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void whoever_does_not_begin_with_a_good_connect_is_sent_away(String what, byte[] bytes) {
        try (Wire one = INGEST.wire().send(bytes)) {
            assertSentAway(one);
        }
        try (Wire slow = INGEST.wire()) {
            for (byte b : bytes) {
                slow.offer(b);
            }
            assertSentAway(slow);
        }
        try (Wire wire = INGEST.wire(device, V5)) {
            wire.send(Packets.PINGREQ);
            assertThat(wire.next().type()).isEqualTo(13);
        }
    }

    /** Without a word, or with a refusal when it was a CONNECT. */
    private static void assertSentAway(Wire wire) {
        assertThat(wire.read().stream()).allSatisfy(p -> {
            assertThat(p.first()).isEqualTo(0x20);
            assertThat(p.at(1)).isNotZero();
            assertThat(wire.read()).isEmpty();
        });
    }

    static Stream<Arguments> strangers() {
        byte[] name = text("MQTT");
        return Stream.of(
                arguments("SUBSCRIBE of 256 MB", hex("80ffffff7f")),
                arguments("length of five bytes", hex("10ffffffff7f")),
                arguments("reserved type 0", hex("0000")),
                arguments("reserved type 15", hex("f000")),
                arguments("CONNACK", hex("20020000")),
                arguments("PUBACK", hex("40020001")),
                arguments("PINGREQ", Packets.PINGREQ),
                arguments("DISCONNECT", Packets.DISCONNECT),
                arguments("PUBLISH", Packets.publish(V3, "tean/v1/EQ-1/elevator-event", 1, "{}")),
                arguments("PUBLISH of QoS 3", hex("36 07 0001 61 0001 7b 7d")),
                arguments("SUBSCRIBE with wrong flags", hex("80 06 0001 0001 61 00")),
                arguments("CONNECT with flags", hex("11 00")),
                arguments("CONNECT with the reserved bit", packet(0x10, name, hex("0403003c"), text("c"))),
                arguments("CONNECT of another protocol", packet(0x10, text("AMQP"), hex("0402003c"), text("c"))),
                arguments("CONNECT with bad UTF-8", packet(0x10, name, hex("0402003c"), hex("0002c0af"))),
                arguments("CONNECT with U+0000", packet(0x10, name, hex("0402003c"), hex("000100"))),
                arguments(
                        "CONNECT with a property twice",
                        packet(0x10, name, hex("0502003c 0a 1100000001 1100000001"), text("c"))),
                arguments("CONNECT with an unknown property", packet(0x10, name, hex("0502003c 02 7f00"), text("c"))),
                arguments("CONNECT with properties too long", packet(0x10, name, hex("0502003c ffffff7f"), text("c"))),
                arguments("TLS hello", hex("16030100f5010000f10303" + "00".repeat(32))),
                arguments("HTTP", "GET / HTTP/1.1\r\nHost: tean\r\n\r\n".getBytes(UTF_8)),
                arguments("zeros", new byte[100]));
    }

    @ParameterizedTest
    @ValueSource(ints = {V3, V5})
    void a_device_that_is_silent_for_longer_than_its_keep_alive_is_sent_away(int version) {
        try (Wire wire = INGEST.wire().send(Packets.connect(version, "c", device.id(), device.token(), 1))) {
            wire.next();
            wire.send(Packets.PINGREQ);
            assertThat(wire.next().type()).isEqualTo(13);
            assertThat(wire.read().map(p -> p.at(0)))
                    .isEqualTo(version == V5 ? java.util.Optional.of(0x8D) : java.util.Optional.empty());
        }
    }

    @Test
    void whoever_connects_and_says_nothing_is_sent_away() {
        try (House.Running hasty = HOUSE.open(Map.of("TEAN_MQTT_CONNECT_TIMEOUT", "1s"));
                Wire silent = hasty.wire();
                Wire begun = hasty.wire().send(hex("10"));
                Wire empty = hasty.wire().send(hex("1000"));
                Wire cut = hasty.wire().send(packet(0x10, text("MQTT"), hex("04c2003c")))) {
            for (Wire wire : List.of(silent, begun, empty, cut)) {
                assertThat(wire.read()).isEmpty();
            }
            assertThat(hasty.refused(Ending.NO_CONNECT)).isEqualTo(4);
        }
    }

    @Test
    void a_device_that_asks_for_no_keep_alive_gets_the_longest() {
        try (House.Running hasty = HOUSE.open(Map.of("TEAN_MQTT_MAX_KEEP_ALIVE", "1s"));
                Wire wire = hasty.wire().send(Packets.connect(V5, "c", device.id(), device.token(), 0))) {
            assertThat(wire.next().at(1)).isZero();
            assertThat(wire.next().body()).isEqualTo(hex("8d00"));
        }
    }

    @Test
    void one_connection_more_than_allowed_is_refused_and_harms_no_other() {
        Device other = HOUSE.device();
        try (House.Running small = HOUSE.open(Map.of("TEAN_MQTT_MAX_CONNECTIONS", "1"));
                Wire first = small.wire(device, V5)) {
            try (Wire second = small.wire().send(other.connect(V5))) {
                assertThat(second.next().at(1)).isEqualTo(0x97);
                assertThat(second.read()).isEmpty();
            }
            first.send(Packets.PINGREQ);
            assertThat(first.next().type()).isEqualTo(13);
            first.hangUp();
            await().atMost(PATIENCE).until(() -> small.gauge("tean.ingest.connections") == 0);
            try (Wire third = small.wire(other, V5)) {
                third.send(Packets.PINGREQ);
                assertThat(third.next().type()).isEqualTo(13);
            }
        }
    }

    @Test
    void a_sender_of_version_5_that_exceeds_its_receive_maximum_is_sent_away() throws SQLException {
        try (Wire wire = INGEST.wire(device, V5);
                Connection owner = locked("cylinder_fill")) {
            for (int i = 1; i <= 9; i++) {
                wire.send(Packets.publish(V5, device.topic("cylinder-fill"), i, fill(i)));
            }
            assertThat(wire.next().body()).isEqualTo(hex("9300"));
            assertThat(wire.read()).isEmpty();
            owner.rollback();
        }
        await().atMost(PATIENCE).until(() -> HOUSE.rows(device, "cylinder_fill") == 8);
        await().atMost(PATIENCE).until(() -> INGEST.gauge("tean.ingest.unacked.messages") == 0);
    }

    @Test
    void a_sender_of_version_3_that_runs_ahead_is_held_back_and_loses_nothing() throws Exception {
        int many = 20_000;
        try (Wire wire = INGEST.wire(device, V3)) {
            Thread sender = Thread.ofPlatform()
                    .unstarted(() -> IntStream.rangeClosed(1, many)
                            .forEach(i -> wire.send(Packets.publish(V3, device.topic("cylinder-fill"), i, fill(i)))));
            try (Connection owner = locked("cylinder_fill")) {
                sender.start();
                await().atMost(PATIENCE).until(() -> INGEST.gauge("tean.ingest.paused.connections") == 1);
                // What one read may bring beyond the limit: 64 kB of small packets.
                assertThat(INGEST.gauge("tean.ingest.unacked.messages")).isLessThan(1_000);
                owner.rollback();
            }
            for (int i = 1; i <= many; i++) {
                assertThat(wire.next().packetId()).isEqualTo(i);
            }
            sender.join();
        }
        assertThat(HOUSE.rows(device, "cylinder_fill")).isEqualTo(many);
        await().atMost(PATIENCE).until(() -> INGEST.gauge("tean.ingest.paused.connections") == 0);
    }

    @Test
    void while_the_house_is_full_every_sender_is_held_back_and_afterwards_nothing_is_lost() throws Exception {
        Device other = HOUSE.device();
        try (House.Running small =
                        HOUSE.open(Map.of("TEAN_INGEST_MAX_MESSAGES", "2", "TEAN_MQTT_RECEIVE_MAXIMUM", "100"));
                Wire first = small.wire(device, V5);
                Wire second = small.wire(other, V5)) {
            try (Connection owner = locked("cylinder_fill")) {
                first.send(Packets.publish(V5, device.topic("cylinder-fill"), 1, fill(1)));
                await().atMost(PATIENCE).until(() -> small.gauge("tean.ingest.unacked.messages") == 1);
                second.send(Packets.publish(V5, other.topic("cylinder-fill"), 1, fill(1)));
                await().atMost(PATIENCE).until(() -> small.gauge("tean.ingest.paused.connections") == 1);
                second.send(Packets.publish(V5, other.topic("cylinder-fill"), 2, fill(2)));
                owner.rollback();
            }
            assertThat(first.next().packetId()).isEqualTo(1);
            assertThat(second.next().packetId()).isEqualTo(1);
            assertThat(second.next().packetId()).isEqualTo(2);
        }
    }

    @Test
    void the_keep_alive_of_a_sender_that_is_held_back_stands_still_up_to_a_bound() throws SQLException {
        try (House.Running strict = HOUSE.open(Map.of("TEAN_MQTT_MAX_PAUSE", "4s"));
                Wire wire = strict.wire().send(Packets.connect(V5, "c", device.id(), device.token(), 1));
                Connection owner = locked("cylinder_fill")) {
            wire.next();
            for (int i = 1; i <= 8; i++) {
                wire.send(Packets.publish(V5, device.topic("cylinder-fill"), i, fill(i)));
            }
            assertThat(wire.next().body()).as("not silent, but held back").isEqualTo(hex("9700"));
            assertThat(wire.read()).isEmpty();
            owner.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_device_that_never_reads_its_answers_is_held_back_and_then_sent_away(boolean pings) {
        try (House.Running strict =
                        HOUSE.open(Map.of("TEAN_MQTT_MAX_PAUSE", "1s", "TEAN_MQTT_RECEIVE_MAXIMUM", "65535"));
                Wire deaf = Wire.withReceiveBuffer(strict.ingest().port(), 1_024)) {
            deaf.send(device.connect(V5));
            byte[] bad = Packets.publish(V5, device.topic("elevator-event"), 1, "no");
            byte[] block = join(IntStream.range(0, 2_000)
                    .mapToObj(i -> pings ? Packets.PINGREQ : bad)
                    .toArray(byte[][]::new));
            Thread sender = Thread.ofPlatform().daemon().start(() -> deaf.sendUntilBroken(block));
            await().atMost(PATIENCE).until(() -> strict.count("tean.ingest.paused") >= 1);
            await().atMost(PATIENCE).until(() -> strict.refused(Ending.HELD_BACK_TOO_LONG) == 1);
            await().atMost(PATIENCE).until(() -> strict.gauge("tean.ingest.connections") == 0);
            await().atMost(PATIENCE).until(() -> !sender.isAlive());
        }
    }

    @Test
    void a_device_that_goes_before_its_acknowledgement_leaves_its_messages_stored() throws SQLException {
        double lost = INGEST.count("tean.ingest.ack.lost");
        try (Connection owner = locked("cylinder_fill")) {
            try (Wire wire = INGEST.wire(device, V5)) {
                wire.send(Packets.publish(V5, device.topic("cylinder-fill"), 1, fill(1)), Packets.PINGREQ);
                wire.next();
                wire.send(Packets.DISCONNECT);
                assertThat(wire.read()).isEmpty();
            }
            owner.rollback();
        }
        await().atMost(PATIENCE).until(() -> HOUSE.rows(device, "cylinder_fill") == 1);
        await().atMost(PATIENCE).until(() -> INGEST.count("tean.ingest.ack.lost") == lost + 1);
    }

    @Test
    void closing_acknowledges_what_is_in_hand_and_says_goodbye() {
        House.Running leaving = HOUSE.open(Map.of("TEAN_INGEST_BATCH_AGE", "500ms"));
        try (Wire wire = leaving.wire(device, V5)) {
            wire.send(Packets.publish(V5, device.topic("elevator-event"), 1, event(1)));
            await().atMost(PATIENCE).until(() -> leaving.count("tean.ingest.received") == 1);
            assertThat(leaving.ingest().close(PATIENCE)).isTrue();
            assertThat(wire.next().body()).isEqualTo(hex("0001"));
            assertThat(wire.next().body()).isEqualTo(hex("8b00"));
            assertThat(wire.read()).isEmpty();
        }
    }

    private byte[] three(int version) {
        return join(IntStream.rangeClosed(1, 3)
                .mapToObj(i -> Packets.publish(version, device.topic("elevator-event"), i, event(i)))
                .toArray(byte[][]::new));
    }

    private void assertAcknowledged(Wire wire, int... packetIds) {
        assertThat(wire.next()).satisfies(p -> assertThat(p.first()).isEqualTo(0x20));
        for (int id : packetIds) {
            Packet puback = wire.next();
            if (puback.type() == 13) {
                puback = wire.next();
            }
            assertThat(puback.packetId()).isEqualTo(id);
        }
        assertThat(HOUSE.rows(device, "elevator_event")).isEqualTo(packetIds.length);
    }

    private static Connection locked(String table) throws SQLException {
        Connection owner = HOUSE.database.owner();
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
        }
        return owner;
    }

    private static String event(int sequence) {
        return event(sequence, "");
    }

    private static String event(int sequence, String note) {
        return "{\"time\":1795305600000,\"code\":1,\"sequence\":" + sequence + ",\"note\":\"" + note + "\"}";
    }

    private static String visit(String number) {
        return "{\"time\":1795305600000,\"visit_no\":\"" + number + "\",\"level\":\"quarter\",\"workers\":[\"w\"]}";
    }

    private static String fill(int number) {
        return "{\"time\":1795305600000,\"filling_gun_id\":\"g\",\"cylinder_code\":\"" + number + "\"}";
    }

    /** The properties of a CONNACK by their identifiers; of a text, its length. */
    private static Map<Integer, Long> properties(Packet connack) throws IOException {
        Map<Integer, Long> properties = new java.util.HashMap<>();
        var in = connack.from(3);
        while (in.available() > 0) {
            int id = in.readUnsignedByte();
            long value = switch (id) {
                case 0x21, 0x22, 0x13 -> in.readUnsignedShort();
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> in.readUnsignedByte();
                case 0x27, 0x11 -> in.readInt();
                case 0x12 -> in.readUTF().length();
                default -> throw new AssertionError("property " + id);
            };
            properties.put(id, value);
        }
        return properties;
    }
}
