package io.tean.app.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Tean as a city would run it, for one program alone: its own database, migrated, machines and devices registered, the service. */
public final class House implements AutoCloseable {
    private final Checkout checkout;
    private final FileChannel lock;
    private final Path folder;
    private final DatabaseServer database;
    private final boolean kept;
    private final Map<String, String> environment = new TreeMap<>();
    private final int mqttPort = freePort();
    private final int httpPort = freePort();
    private final List<Login> logins;
    private volatile TeanProcess service;

    /**
     * @param name of the folder under app/target, and the beginning of the database instance's name
     * @param machines how many machines to register, each with a device
     */
    public House(String name, int machines) {
        this(name, Collections.nCopies(machines, "elevator"), Map.of(), (owner, codes) -> {});
    }

    /** What is written before the service starts. */
    public interface Preparation {
        void prepare(Connection owner, List<String> codes) throws SQLException;
    }

    /**
     * @param categories of the machines to register, each with a device, such as elevator or boiler
     * @param settings further settings of the service, such as TEAN_ALERTING_DIRECT_URL
     */
    public House(String name, List<String> categories, Map<String, String> settings, Preparation preparation) {
        this(name, "", categories, settings, preparation);
    }

    /**
     * A house whose database stays for the next time: what is expensive to prepare is prepared once.
     *
     * @param what is in it; a house that was left with something else is made anew
     */
    public static House kept(
            String name, String what, List<String> categories, Map<String, String> settings, Preparation preparation) {
        return new House(name, what, categories, settings, preparation);
    }

    private House(
            String name, String what, List<String> categories, Map<String, String> settings, Preparation preparation) {
        checkout = Checkout.find();
        lock = checkout.lock(name);
        folder = checkout.workFolder(name);
        kept = !what.isEmpty();
        List<Login> left = new ArrayList<>();
        database = kept
                ? DatabaseServer.kept(checkout, checkout.instance(name), server -> left.addAll(left(server, what)))
                : DatabaseServer.fresh(checkout, checkout.instance(name));
        environment.put("TEAN_DB_URL", database.url());
        environment.put("TEAN_DB_USER", "tean_app");
        environment.put("TEAN_DB_PASSWORD", "for-" + name + "-only");
        environment.put("TEAN_MQTT_PORT", Integer.toString(mqttPort));
        environment.put("TEAN_HTTP_PORT", Integer.toString(httpPort));
        environment.put(
                "TEAN_STREAMS_FOLDERS",
                LoadStreams.declareIn(folder.resolve("streams")).toString());
        environment.putAll(settings);
        Map<String, String> asOwner = new HashMap<>(environment);
        asOwner.put("TEAN_DB_OWNER", database.owner());
        asOwner.put("TEAN_DB_OWNER_PASSWORD", database.ownerPassword());
        checkout.run(asOwner, "tean", "migrate");
        logins = left.isEmpty() ? register(categories) : List.copyOf(left);
        if (left.isEmpty()) {
            try (Connection owner = database.connect()) {
                preparation.prepare(owner, logins.stream().map(Login::equipment).toList());
                if (kept) {
                    leave(owner, what);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("cannot prepare the database of " + name + ": " + e.getMessage(), e);
            }
        }
        service = serve();
    }

    /** The logins that an earlier house left in its database together with what it says; none where it left something else. */
    private static List<Login> left(DatabaseServer server, String what) {
        try (Connection owner = server.connect();
                PreparedStatement select = owner.prepareStatement(
                        "SELECT device, token, equipment FROM house_left WHERE what = ? ORDER BY equipment")) {
            select.setString(1, what);
            List<Login> logins = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    logins.add(new Login(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return logins;
        } catch (SQLException e) {
            // Nothing was left, or it was broken off.
            return List.of();
        }
    }

    private void leave(Connection owner, String what) throws SQLException {
        try (Statement create = owner.createStatement()) {
            create.execute("CREATE TABLE house_left (device text, token text, equipment text, what text)");
        }
        try (PreparedStatement insert = owner.prepareStatement("INSERT INTO house_left VALUES (?, ?, ?, ?)")) {
            for (Login login : logins) {
                insert.setString(1, login.device());
                insert.setString(2, login.token());
                insert.setString(3, login.equipment());
                insert.setString(4, what);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private List<Login> register(List<String> categories) {
        List<String> codes = IntStream.range(0, categories.size())
                .mapToObj(i -> "LOAD" + (1_000_000_000_000L + i))
                .toList();
        StringBuilder equipment = new StringBuilder("code,category,name,division_code,site_address,rescue_code\n");
        StringBuilder devices = new StringBuilder();
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i);
            equipment
                    .append(code)
                    .append(',')
                    .append(categories.get(i))
                    .append(",Load ")
                    .append(code)
                    .append(",,,\n");
            devices.append(device(code)).append(',').append(code).append('\n');
        }
        Path tokens = folder.resolve("tokens.csv");
        checkout.run(environment, "tean", "equipment", "import", write("equipment.csv", equipment));
        checkout.run(
                environment, "tean", "device", "import", write("devices.csv", devices), "--tokens", tokens.toString());
        Map<String, String> tokenOf = new HashMap<>();
        try {
            for (String line : Files.readAllLines(tokens)) {
                int comma = line.indexOf(',');
                tokenOf.put(line.substring(0, comma), line.substring(comma + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokens of bin/tean device import", e);
        }
        return codes.stream()
                .map(code -> new Login(device(code), tokenOf.getOrDefault(device(code), ""), code))
                .toList();
    }

    private static String device(String code) {
        return "device-" + code;
    }

    private String write(String name, CharSequence text) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private TeanProcess serve() {
        return TeanProcess.start(checkout, environment, log(), httpPort);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** An empty folder for files of the program. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + name, e);
        }
    }

    /** A command of {@code bin/tean} on this house's database. */
    public ProcessBuilder command(String... words) {
        List<String> all = new ArrayList<>(List.of("tean"));
        all.addAll(List.of(words));
        return checkout.command(environment, all.toArray(String[]::new));
    }

    public DatabaseServer database() {
        return database;
    }

    public TeanProcess service() {
        return service;
    }

    /** Starts the service again, on the same ports, after it was killed or stopped. */
    public void startServiceAgain() {
        service = serve();
    }

    /** Starts a second service on the same database, on ports of its own; whoever starts it ends it. */
    public TeanProcess startAnother() {
        Map<String, String> another = new TreeMap<>(environment);
        int port = freePort();
        another.put("TEAN_MQTT_PORT", Integer.toString(freePort()));
        another.put("TEAN_HTTP_PORT", Integer.toString(port));
        return TeanProcess.start(checkout, another, folder.resolve("another.log"), port);
    }

    /** Makes everything run again, whatever was done to it. */
    public void repair() {
        database.resume();
        database.start();
        if (service.isAlive()) {
            service.resume();
            service.kill();
        }
        startServiceAgain();
    }

    public InetSocketAddress mqtt() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), mqttPort);
    }

    /** Where people come in. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** The registered devices, each with its machine. */
    public List<Login> logins() {
        return logins;
    }

    public Path folder() {
        return folder;
    }

    /** What the service has said since the beginning. */
    public Path log() {
        return folder.resolve("service.log");
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            if (service.isAlive()) {
                service.resume();
                service.kill();
            }
        } finally {
            if (kept) {
                database.stop();
            } else {
                database.destroy();
            }
            unlock();
        }
    }
}
