package io.tean.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditChain;
import io.tean.core.equipment.EquipmentCode;
import io.tean.core.settings.Settings;
import io.tean.core.settings.TeanSettings;
import io.tean.core.store.Schema;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.screen.Word;
import io.tean.ingest.device.DeviceLedger;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import io.tean.ingest.store.DeadLetters;
import io.tean.register.intake.AfterIntake;
import io.tean.register.intake.Imports;
import io.tean.register.landing.CylinderDue;
import io.tean.register.landing.Landings;
import io.tean.simulators.FleetPlan;
import io.tean.simulators.SimulationPlan;
import io.tean.simulators.Simulators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole house, with a client that nobody here wrote. */
class ServiceIT {
    private static final String CODE = "31103713022014080001";

    private final TestDatabase database = TestDatabase.empty();
    private final Map<String, String> environment = database.environment();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void a_stream_that_is_one_more_file_works_from_device_to_row() throws Exception {
        Files.writeString(folder.resolve("door-interlock.yaml"), """
                stream: door-interlock
                title: {zh: 快开门联锁, en: Quick-opening door interlock}
                equipment: [vessel]
                source: domain.md 5, signals to watch
                mark: derived
                version: 1
                effective: 2026-01-01
                key: [door]
                fields:
                  - {name: door, type: int, min: 1, max: 9, required: true, label: {zh: 门, en: Door}}
                  - {name: locked, type: bool, label: {zh: 锁紧, en: Locked}}
                  - {name: pressure_mpa, type: real, unit: MPa, min: -0.1, max: 60, label: {zh: 压力, en: Pressure}}
                  - {name: remarks, type: list, max_length: 20, max_items: 3, label: {zh: 备注, en: Remarks}}
                example: {time: "2026-11-22T08:00:00+08:00", door: 1}
                """);
        environment.put("TEAN_STREAMS_FOLDERS", folder.toString());
        try (Service service = started()) {
            register(CODE);
            String token = device("vessel-1", CODE);
            publish(
                    service,
                    "vessel-1",
                    token,
                    "door-interlock",
                    "{\"time\":\"%s\",\"door\":2,\"locked\":true,\"pressure_mpa\":0.8,\"remarks\":[\"夜班\",\"a\"]}"
                            .formatted(Instant.now()));
            assertThat(
                            database.text(
                                    "SELECT door || ',' || locked || ',' || pressure_mpa || ',' || remarks::text FROM door_interlock"))
                    .isEqualTo("2,true,0.8,{夜班,a}");
        }
    }

    @Test
    void what_came_before_its_machine_was_registered_is_stored_once_it_is() throws Exception {
        try (Service service = started()) {
            String token = device("early", CODE);
            publish(service, "early", token, "elevator-status", status(Instant.now()));
            assertThat(database.text("SELECT reason FROM dead_letter")).isEqualTo("unregistered-equipment");
            register(CODE);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> database.number("SELECT count(*) FROM elevator_status") == 1);
            assertThat(database.text("SELECT state FROM dead_letter")).isEqualTo("replayed");
        }
    }

    @Test
    void a_disabled_device_is_shown_the_door() throws Exception {
        try (Service service = started()) {
            MqttClient client = client(service, "leaver");
            register(CODE);
            String token = device("leaver", CODE);
            connect(client, "leaver", token);
            new DeviceLedger(database.pool()).disable("leaver", Actor.command());
            await().atMost(Duration.ofSeconds(30)).until(() -> !client.isConnected());
            assertThatThrownBy(() -> connect(client, "leaver", token)).isInstanceOf(MqttException.class);
            client.close();
        }
    }

    @Test
    void a_simulated_fleet_is_stored_without_a_refusal_and_its_entrapment_alerts() throws Exception {
        Simulators.writeFleet(new FleetPlan(7, 12, 4, 3, 5), folder);
        Path faults = folder.resolve("faults.yaml");
        Files.writeString(faults, "- {at: 20m, fault: entrapment, machine: elevator 2, for: 15m}\n");
        Path truth = folder.resolve("truth.jsonl");
        try (Service service = started()) {
            imports().runWhole("organisations", folder.resolve("organisations.csv"), Actor.command());
            imports().runWhole("equipment", folder.resolve("equipment.csv"), Actor.command());
            Path tokens = tokens(folder.resolve("devices.csv"));
            var totals = Simulators.run(
                    new SimulationPlan(
                            folder,
                            tokens,
                            "127.0.0.1",
                            service.mqttPort(),
                            600,
                            Optional.of(Duration.ofSeconds(6)),
                            Optional.of(faults),
                            Optional.of(truth),
                            7),
                    StreamCatalogue.builtIn(),
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
            assertThat(totals.refused()).isZero();
            assertThat(totals.buffered()).isZero();
            assertThat(totals.acknowledged()).isPositive();
            assertThat(database.number("SELECT count(*) FROM dead_letter")).isZero();
            assertThat(rows()).isEqualTo(totals.acknowledged());
            assertThat(database.number("SELECT count(*) FROM equipment WHERE use_unit_id IS NULL"))
                    .isZero();
            assertThat(Files.readString(truth)).contains("entrapment");
            assertThat(database.number("SELECT count(*) FROM alert WHERE rule = 'entrapment'"))
                    .isEqualTo(1);
        }
        assertThat(database.number("SELECT count(*) FROM device_contact WHERE connected_since IS NULL"))
                .as("devices that were heard, when the service has stopped")
                .isEqualTo(database.number("SELECT count(*) FROM device WHERE organisation_id IS NOT NULL"))
                .isPositive();
    }

    @Test
    void the_meters_say_what_happened() throws Exception {
        try (Service service = started()) {
            register(CODE);
            String token = device("metered", CODE);
            Instant now = Instant.now();
            publish(service, "metered", token, "elevator-status", status(now));
            publish(service, "metered", token, "elevator-status", status(now));
            publish(service, "metered", token, "elevator-status", "{");
            String meters = get(service, "/metrics");
            assertThat(meters)
                    .contains("tean_ingest_stored_total 1.0")
                    .contains("tean_ingest_duplicate_total 1.0")
                    .contains("tean_ingest_dead_letter_total{reason=\"not-json\"} 1.0")
                    .contains("tean_ingest_acknowledged_total 3.0");
            assertThat(get(service, "/health/ready")).contains("\"ready\":true").contains("\"part\":\"audit\"");
        }
    }

    @Test
    void every_part_has_a_name_in_both_languages() throws Exception {
        try (Service service = started()) {
            Matcher part = Pattern.compile("\"part\":\"([a-z-]+)\"").matcher(get(service, "/health/ready"));
            List<String> parts = part.results().map(found -> found.group(1)).toList();
            assertThat(parts)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(name -> assertThat(Word.of("PART", name)).isPresent());
        }
    }

    @Test
    void what_is_changed_is_sealed_by_the_service() throws Exception {
        try (Service service = started()) {
            String token = device("early", CODE);
            publish(service, "early", token, "elevator-status", "{");
            new DeadLetters(database.pool())
                    .discard(database.number("SELECT dead_letter_id FROM dead_letter"), Actor.command());
            long entries = database.number("SELECT count(*) FROM audit_entry");
            assertThat(database.number("SELECT count(*) FROM audit_entry WHERE action = 'dead-letter.discard'"))
                    .isEqualTo(1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> database.number("SELECT count(*) FROM audit_seal") == entries);
            assertThat(AuditChain.verify(database.pool(), Optional.empty()))
                    .isInstanceOf(AuditChain.Finding.Intact.class);
            assertThat(get(service, "/metrics"))
                    .contains("tean_audit_sealed_total " + entries + ".0", "tean_audit_lag ");
        }
    }

    @Test
    void a_taken_port_is_one_line_that_says_which() throws IOException {
        new Schema(settings().db(), StreamCatalogue.builtIn()).migrate();
        try (ServerSocket taken = new ServerSocket(0)) {
            environment.put("TEAN_MQTT_HOST", "0.0.0.0");
            environment.put("TEAN_MQTT_PORT", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> Service.start(settings(), StreamCatalogue.builtIn(), InstantSource.system()))
                    .hasMessageContaining("TEAN_MQTT_PORT")
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    private Service started() {
        TeanSettings settings = settings();
        StreamCatalogue catalogue =
                StreamCatalogue.load(settings.streams().folders().orElse(List.of()));
        new Schema(settings.db(), catalogue).migrate();
        return Service.start(settings, catalogue, InstantSource.system());
    }

    private TeanSettings settings() {
        return Settings.read(environment);
    }

    private Imports imports() {
        return new Imports(
                database.pool(), InstantSource.system(), Landings.all(CylinderDue.UNKNOWN), AfterIntake.NOTHING);
    }

    private void register(String code) throws IOException {
        Path file = folder.resolve("one.csv");
        Files.writeString(file, "code,category,name\n" + code + ",elevator,一号梯\n");
        imports().runWhole("equipment", file, Actor.command());
    }

    private String device(String id, String code) {
        return new DeviceLedger(database.pool())
                .add(id, Enrolment.of(List.of(new EquipmentCode(code))), Actor.command())
                .orElseThrow();
    }

    private Path tokens(Path devices) throws IOException {
        Map<String, List<String[]>> rows = Files.readAllLines(devices).stream()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.groupingBy(cells -> cells[0]));
        Map<String, Enrolment> enrolments = new HashMap<>();
        rows.forEach((id, cells) -> enrolments.put(
                id,
                new Enrolment(
                        cells.stream().map(c -> new EquipmentCode(c[1])).toList(), Optional.of(cells.getFirst()[2]))));
        Map<String, Optional<String>> tokens =
                new HashMap<>(new DeviceLedger(database.pool()).addAll(enrolments, Actor.command()));
        Path file = folder.resolve("tokens.csv");
        Files.writeString(
                file,
                "device_id,token\n"
                        + tokens.entrySet().stream()
                                .map(e -> e.getKey() + "," + e.getValue().orElseThrow())
                                .collect(Collectors.joining("\n")));
        return file;
    }

    private long rows() {
        return StreamCatalogue.builtIn().all().stream()
                .mapToLong(stream -> database.number("SELECT count(*) FROM " + stream.table()))
                .sum();
    }

    private static String status(Instant time) {
        return "{\"time\":%d,\"service_mode\":\"normal\",\"car_running\":false}".formatted(time.toEpochMilli());
    }

    /** Logs in as soon as the service knows the device, publishes with QoS 1 and returns after the PUBACK. */
    private static void publish(Service service, String device, String token, String stream, String payload)
            throws MqttException {
        MqttClient client = client(service, device);
        try {
            connect(client, device, token);
            client.publish(
                    "tean/v1/" + CODE + "/" + stream,
                    new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, false, null));
        } finally {
            client.disconnectForcibly(100, 1_000, true);
            client.close();
        }
    }

    private static MqttClient client(Service service, String device) throws MqttException {
        return new MqttClient("tcp://127.0.0.1:" + service.mqttPort(), device, new MemoryPersistence());
    }

    private static void connect(MqttClient client, String device, String token) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(device);
        options.setPassword(token.getBytes(StandardCharsets.UTF_8));
        options.setAutomaticReconnect(false);
        MqttException refused = null;
        for (int i = 0; i < 5; i++) {
            try {
                client.connect(options);
                return;
            } catch (MqttException e) {
                // The directory is read again each second, and a refusal takes one.
                refused = e;
            }
        }
        throw refused == null ? new MqttException(0) : refused;
    }

    private static String get(Service service, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
