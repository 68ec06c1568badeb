package io.tean.app.rescue;

import com.sun.net.httpserver.HttpServer;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A maintenance firm and a rescue station, each with a server that its notices are sent to. */
final class Crews implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern LINK = Pattern.compile("/r/([A-Za-z0-9_-]+)");

    private final HttpServer server;
    private final List<Notice> notices = new CopyOnWriteArrayList<>();

    /** @param crew firm or station */
    record Notice(String crew, String body) {}

    Crews() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String crew = exchange.getRequestURI().getPath().substring(1);
            notices.add(new Notice(crew, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** The site's channels: a webhook for each crew. */
    Path channels() {
        try {
            Path file = Files.createTempFile("tean-crews", ".yaml");
            Files.writeString(file, """
                    channels:
                      - {name: firm, kind: webhook, url: "http://127.0.0.1:%1$d/firm", secret: for-tests-only, allow: [127.0.0.0/8]}
                      - {name: station, kind: webhook, url: "http://127.0.0.1:%1$d/station", secret: for-tests-only, allow: [127.0.0.0/8]}
                    """.formatted(server.getAddress().getPort()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the channels of the test", e);
        }
    }

    /** The firm maintains all machines; the station is near and always on duty. */
    static void settle(Connection owner, List<String> codes) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("""
                    UPDATE equipment SET latitude = 35.05, longitude = 118.35, division_code = '371302', rescue_code = '613042';
                    INSERT INTO organisation (credit_code, kind, name, telephone, division_code, latitude, longitude, duty_hours)
                    VALUES ('913713000000000011', 'MAINTENANCE_FIRM', '沂蒙电梯', '0539-1', '371302', 35.0, 118.3, NULL),
                           ('913713000000000012', 'RESCUE_STATION', '兰山救援站', '0539-2', '371302', 35.06, 118.36, '00:00-24:00');
                    INSERT INTO recipient (organisation_id, duty, name, addresses)
                    SELECT organisation_id, 'RESCUE', '值班', jsonb_build_array(jsonb_build_object(
                        'channel', CASE kind WHEN 'RESCUE_STATION' THEN 'station' ELSE 'firm' END, 'to', ''))
                    FROM organisation WHERE credit_code IN ('913713000000000011', '913713000000000012');
                    INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                    SELECT 'all', e.equipment_id, f.organisation_id, DATE '2020-01-01' FROM equipment e, organisation f
                    WHERE f.credit_code = '913713000000000011'
                    """);
        }
    }

    /** Tells that somebody is trapped in a machine, and waits for the PUBACK. */
    static void publishEntrapment(House house, int machine) {
        List<Terminal> terminals =
                List.of(new Terminal(0, house.logins().get(machine), 1, null, List.of(LoadStreams.ENTRAPMENT)));
        try (Fleet fleet = new Fleet(house.mqtt(), terminals, Feed.once(1), Recorder.NONE)) {
            fleet.awaitOnline(1, PATIENCE);
            fleet.pace(new Pace.Full());
            await("a PUBACK", () -> fleet.acknowledged() == 1);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no " + what + " within " + PATIENCE.toSeconds() + " s");
            }
            Pauses.millis(20);
        }
    }

    static void execute(House house, String sql) throws SQLException {
        try (Connection owner = house.database().connect();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one value that a query answers, as text. */
    static String ask(House house, String sql) {
        try (Connection owner = house.database().connect();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How many notices a crew got that tell of a call. */
    long calls(String crew) {
        return notices.stream()
                .filter(n -> n.crew.equals(crew) && LINK.matcher(n.body).find())
                .count();
    }

    /** Waits for the link of a crew's newest call, when it has got so many. */
    String awaitLink(String crew, int calls) {
        await("call " + calls + " of the " + crew, () -> calls(crew) >= calls);
        return notices.stream()
                .filter(n -> n.crew.equals(crew))
                .map(n -> LINK.matcher(n.body))
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
