package io.tean.dashboards.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.alert.EarlyAlarm;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.live.Streams.Pace;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Received;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Asset;
import io.tean.dashboards.screen.Language;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 7;

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Streams streams =
            new Streams(vertx, MOST, meters, new Pace(Duration.ofMillis(50), Duration.ofMillis(300)));
    private final List<Reader> readers = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        streams.database(true);
        // As the door is, but with small buffers and less patience with an idle peer.
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setCompressionSupported(true)
                        .setSendBufferSize(4096)
                        .setIdleTimeout(2)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        readers.forEach(Reader::leave);
        streams.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void stream_beginsWithHello_andGoesOnWithBeats() {
        Reader reader = reader("a");
        reader.hears("hello {\"version\":\"" + Asset.STYLE.path() + "\",\"database\":true}");
        await().atMost(PATIENCE).until(() -> reader.count("beat -") >= 3);
        assertThat(reader.headers())
                .containsEntry("content-type", List.of("text/event-stream; charset=utf-8"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-accel-buffering", List.of("no"))
                .doesNotContainKey("content-encoding");
        assertThat(reader.lines.getFirst()).matches("retry: \\d{4}");
    }

    @Test
    void change_isHeard_byThoseOnly_whoMaySeeItsPage() {
        Reader bureau = reader("administrator");
        Reader firm = reader("firm");
        streams.changed("account");
        streams.changed("status");
        streams.changed("what-no-page-shows");
        streams.changed("device");
        bureau.hears("change account");
        bureau.hears("change status");
        firm.hears("change device");
        assertThat(firm.events()).doesNotContain("change account", "change status");
        assertThat(bureau.events()).doesNotContain("change what-no-page-shows");
    }

    @Test
    void earlyAlarm_isHeardOnce_byThoseOnDuty_alsoWithoutADatabase_untilItIsStored() {
        Reader boss = reader("administrator");
        Reader firm = reader("firm");
        streams.database(false);
        EarlyAlarm alarm = new EarlyAlarm(
                UUID.randomUUID(), "r", "困人\n", "Trapped", "elv-1</script>", Instant.parse("2026-03-01T00:00:00Z"));
        streams.tell(alarm);
        streams.tell(alarm);
        String event = "early-alarm {\"id\":\"" + alarm.noticeId()
                + "\",\"zh\":\"困人\\n\",\"en\":\"Trapped\",\"code\":\"elv-1</script>\",\"at\":\"2026-03-01T00:00:00Z\"}";
        boss.hears(event);
        reader("administrator").hears(event);
        assertThat(streams.awaited()).containsExactly(alarm.noticeId());
        streams.stored(alarm.noticeId());
        boss.hears("early-stored " + alarm.noticeId());
        streams.changed("device");
        firm.hears("change device");
        assertThat(firm.events()).noneMatch(heard -> heard.startsWith("early"));
        assertThat(boss.events()).containsOnlyOnce(event);
        assertThat(streams.awaited()).isEmpty();
        streams.tell(alarm);
        assertThat(streams.awaited()).isEmpty();
    }

    @Test
    void databaseAwayAndBack_isSaidOnce_andEverybodyFetchesAnew() {
        Reader reader = reader("a");
        streams.database(false);
        streams.database(false);
        reader.hears("database away");
        assertThat(reader("late").hearsHello()).contains("\"database\":false");
        streams.database(true);
        reader.hears("resync -");
        assertThat(reader.events()).containsOnlyOnce("database away").containsSubsequence("database back", "resync -");
    }

    @Test
    void endedSession_losesItsStreams_andNoOther() {
        Reader mine = reader("mine");
        Reader other = reader("other");
        assertThat(streams.sessions()).containsExactlyInAnyOrder("mine", "other");
        streams.end("mine", "disabled");
        mine.hears("end disabled");
        await().atMost(PATIENCE).until(mine::isOver);
        assertThat(streams.sessions()).containsExactly("other");
        assertThat(closed("disabled")).isEqualTo(1);
        streams.changed("device");
        other.hears("change device");
    }

    @Test
    void streamThatComesIn_afterItsSessionEnded_isEndedToo() {
        streams.end("mine", "logout");
        Reader late = new Reader("mine");
        readers.add(late);
        late.hears("end logout");
        await().atMost(PATIENCE).until(() -> open() == 0);
    }

    @Test
    void fifthStreamOfASession_isRefused_andAnotherSessionIsNot() throws Exception {
        for (int n = 0; n < 4; n++) {
            reader("mine");
        }
        HttpResponse<String> fifth = status("mine");
        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(fifth.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused("session")).isEqualTo(1);
        reader("other");
        readers.getFirst().leave();
        await().atMost(PATIENCE).until(() -> open() == 4);
        reader("mine");
    }

    @Test
    void streamsInAll_areBounded() throws Exception {
        for (int n = 0; n < MOST; n++) {
            reader("session-" + n);
        }
        assertThat(status("one-more").statusCode()).isEqualTo(429);
        assertThat(refused("all")).isEqualTo(1);
        assertThat(open()).isEqualTo(MOST);
    }

    @Test
    void gauge_isNought_onceEverybodyHasLeft() {
        reader("a");
        reader("b");
        assertThat(open()).isEqualTo(2);
        readers.forEach(Reader::leave);
        await().atMost(PATIENCE).until(() -> open() == 0);
        assertThat(streams.sessions()).isEmpty();
    }

    @Test
    void readerThatNeverReads_losesItsConnection_andOthersAreUnharmed() throws Exception {
        Reader other = reader("other");
        try (Socket deaf = deaf()) {
            await().atMost(PATIENCE).until(() -> open() == 2);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                for (int n = 0; n < 200; n++) {
                    streams.changed("device");
                }
                return closed("stalled") == 1;
            });
            await().atMost(PATIENCE).until(() -> open() == 1);
            assertThat(deaf.isConnected()).isTrue();
        }
        streams.changed("dead-letter");
        other.hears("change dead-letter");
        assertThat(closed("stalled")).isEqualTo(1);
    }

    @Test
    void readerThatWakesInTime_isToldToFetchAnew() throws Exception {
        Streams patient = new Streams(
                vertx, MOST, new SimpleMeterRegistry(), new Pace(Duration.ofMillis(50), Duration.ofMinutes(5)));
        patient.database(true);
        HttpServer slow = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setSendBufferSize(4096))
                .requestHandler(request -> opening(patient, request, "slow").with(request.response()))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (Socket sleeper = deaf(slow.actualPort())) {
            await().atMost(PATIENCE).until(() -> !patient.sessions().isEmpty());
            for (int n = 0; n < 20_000; n++) {
                patient.changed("device");
            }
            String heard = "";
            byte[] some = new byte[4096];
            sleeper.setSoTimeout((int) PATIENCE.toMillis());
            int all = 0;
            while (!heard.contains("event: resync")) {
                int read = sleeper.getInputStream().read(some);
                assertThat(read).as("the stream is still open").isPositive();
                all += read;
                heard = (heard.length() > 8192 ? heard.substring(4096) : heard)
                        + new String(some, 0, read, StandardCharsets.US_ASCII);
            }
            assertThat(heard).contains("data: back");
            // Twenty thousand changes are some 800 kB: most of them were never kept for it.
            assertThat(all).isLessThan(400_000);
        } finally {
            patient.close();
        }
    }

    @Test
    void closing_tellsEverybody_andLetsNobodyInAnyMore() throws Exception {
        Reader reader = reader("a");
        streams.close();
        reader.hears("end shutdown");
        await().atMost(PATIENCE).until(() -> open() == 0);
        assertThat(status("b").statusCode()).isEqualTo(503);
    }

    @Test
    void token_opensNoStream() {
        Viewer program = viewer("x", new Viewer.Credential.Token(1, "t", Set.of()));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> streams.answer(request(program)));
    }

    private void answer(HttpServerRequest request) {
        String session = request.getHeader("session");
        opening(streams, request, session == null ? "deaf" : session).with(request.response());
    }

    private static Answer.Opening opening(Streams streams, HttpServerRequest ignored, String session) {
        Answer answer = streams.answer(request(viewer(session, new Viewer.Credential.Session(session, false))));
        return ((Answer.Open) answer).opening();
    }

    private static Viewer viewer(String session, Viewer.Credential credential) {
        return session.equals("firm")
                ? new Viewer(2, "f", "F", Role.FIRM, new Scope.Organisation(7), credential)
                : new Viewer(1, "a", "A", Role.ADMINISTRATOR, new Scope.City(), credential);
    }

    private static Request request(Viewer viewer) {
        Received received = new Received(
                "/events", Map.of(), Map.of(), Map.of(), Map.of(), "", new Received.Origin("127.0.0.1", true));
        return new Request(Route.EVENTS, received, Optional.of(viewer), Map.of(), Language.EN, "");
    }

    /** One that has heard its hello. */
    private Reader reader(String session) {
        Reader reader = new Reader(session);
        readers.add(reader);
        reader.hearsHello();
        return reader;
    }

    private HttpResponse<String> status(String session) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(ask(session), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpRequest ask(String session) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/events"))
                .header("session", session)
                .header("Accept-Encoding", "gzip, deflate")
                .build();
    }

    private Socket deaf() throws Exception {
        return deaf(server.actualPort());
    }

    /** Asks, and reads nothing. */
    private static Socket deaf(int port) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private int open() {
        return (int) meters.get("tean.web.streams").gauge().value();
    }

    private double closed(String reason) {
        return meters.get("tean.web.stream.closed")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double refused(String bound) {
        return meters.get("tean.web.stream.refused")
                .tag("bound", bound)
                .counter()
                .count();
    }

    /** A browser tab. */
    private final class Reader {
        private final HttpClient client = HttpClient.newHttpClient();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile Optional<HttpResponse<?>> response = Optional.empty();
        private volatile boolean over;

        Reader(String session) {
            HttpRequest ask = ask(session);
            Thread.ofVirtual().start(() -> read(ask));
        }

        private void read(HttpRequest ask) {
            try {
                HttpResponse<Stream<String>> answer = client.send(ask, HttpResponse.BodyHandlers.ofLines());
                response = Optional.of(answer);
                answer.body().forEach(lines::add);
            } catch (IOException | InterruptedException | UncheckedIOException e) {
                lines.add("broken: " + e.getMessage());
            }
            over = true;
        }

        /** As {@code name data}. */
        List<String> events() {
            return List.of(String.join("\n", lines).split("\n\n")).stream()
                    .map(String::strip)
                    .map(text -> text.replaceFirst("^retry: \\d+\n", ""))
                    .map(text -> text.replaceFirst("^event: ", "").replaceFirst("\ndata: ", " "))
                    .toList();
        }

        void hears(String event) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).contains(event));
        }

        String hearsHello() {
            await().atMost(PATIENCE).until(() -> events().getFirst().startsWith("hello {"));
            return events().getFirst();
        }

        long count(String event) {
            return events().stream().filter(event::equals).count();
        }

        Map<String, List<String>> headers() {
            return response.orElseThrow().headers().map();
        }

        boolean isOver() {
            return over;
        }

        void leave() {
            client.shutdownNow();
        }
    }
}
