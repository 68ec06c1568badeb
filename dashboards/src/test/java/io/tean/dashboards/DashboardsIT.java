package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.health.HealthCheck.Health;
import io.tean.core.stream.StreamCatalogue;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardsIT {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Health health = new Health("database", true, "answers");
    private volatile Supplier<String> prometheus = () -> "tean_ingest_received_total 7.0\n";
    private Dashboards dashboards;

    @BeforeEach
    void open() {
        dashboards = Dashboards.open(parts(0, HandMadeDatabase.away()));
    }

    @AfterEach
    void close() throws Exception {
        dashboards.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void root_leadsToTheStatusPage() throws Exception {
        HttpResponse<String> answer = get("/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/status");
    }

    @Test
    void statusPage_isChinese_untilAnotherLanguageIsAskedFor_andRemembersIt() throws Exception {
        assertThat(get("/status").body()).contains("lang=\"zh-CN\"");
        HttpResponse<String> english = get("/status?lang=en");
        assertThat(english.body()).contains("<html lang=\"en\"");
        String cookie = english.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("tean-lang=en;")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax");
        assertThat(get("/status", "Cookie", "tean-lang=en").body()).contains("<html lang=\"en\"");
        assertThat(get("/status?lang=zh", "Cookie", "tean-lang=en").body()).contains("lang=\"zh-CN\"");
        assertThat(get("/status?lang=%3Cscript%3E").body()).contains("lang=\"zh-CN\"");
    }

    @Test
    void everyAnswer_isHardened() throws Exception {
        for (String path : List.of("/", "/status", "/health/live", "/metrics", "/nowhere")) {
            assertThat(get(path).headers().map())
                    .as(path)
                    .containsKey("content-security-policy")
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("x-frame-options", List.of("DENY"));
        }
    }

    @Test
    void styleAndScript_areServed_forEver_underTheirHash() throws Exception {
        String html = get("/status").body();
        var paths = Pattern.compile("/static/[^\"]+")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(paths).hasSize(3);
        for (String path : paths) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
        }
        assertThat(get("/static/../DashboardsIT.class").statusCode()).isEqualTo(404);
    }

    @Test
    void liveProbe_answersAlive() throws Exception {
        HttpResponse<String> answer = get("/health/live");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("alive");
    }

    @Test
    void readyProbe_is503_whenAPartIsNotWell() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        health = new Health("database", false, "refused");
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"ready\":false,\"parts\":[{\"part\":\"database\",\"well\":false,\"detail\":\"refused\"}]}");
    }

    @Test
    void metrics_areWhatAppHandsIn() throws Exception {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.body()).isEqualTo("tean_ingest_received_total 7.0\n");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void unknownPage_is404_withAPage() throws Exception {
        HttpResponse<String> answer = get("/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("没有这个页面", "There is no such page");
    }

    @Test
    void failure_is500_withoutAStackTrace() throws Exception {
        prometheus = () -> {
            throw new IllegalStateException("secret inside");
        };
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("服务内部出错").doesNotContain("secret", "IllegalState", "io.tean");
    }

    @Test
    void otherMethod_is405_andTooLargeABody_is413() throws Exception {
        assertThat(send(request("/status").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(send(request("/status").POST(HttpRequest.BodyPublishers.ofString("x".repeat(200_000))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void tooLargeHeaders_areRefused() throws Exception {
        assertThat(get("/status", "X-Large", "x".repeat(100_000)).statusCode()).isEqualTo(431);
        assertThat(get("/" + "x".repeat(10_000)).statusCode()).isEqualTo(414);
    }

    @Test
    void headRequest_isAnswered_withoutABody() throws Exception {
        HttpResponse<String> answer = send(request("/status").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void databaseThatHangs_doesNotKeepThePageWaiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Dashboards other = Dashboards.open(parts(0, new HandMadeDatabase(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("cut", "08006");
        })));
        try {
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other.port() + "/status"))
                            .timeout(Duration.ofSeconds(1)));
            assertThat(answer.statusCode()).isEqualTo(200);
        } finally {
            other.close();
        }
    }

    @Test
    void takenPort_isNamed_withTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(DashboardsException.class)
                    .isThrownBy(() -> Dashboards.open(parts(port, HandMadeDatabase.away())))
                    .withMessage("TEAN_HTTP_PORT: 127.0.0.1:" + port
                            + " is taken by another program: choose another port or stop it");
        }
    }

    private Dashboards.Parts parts(int port, DataSource database) {
        HealthCheck check = () -> health;
        return new Dashboards.Parts(
                vertx,
                new HandMadeHttp("127.0.0.1", port),
                database,
                StreamCatalogue.builtIn(),
                new SimpleMeterRegistry(),
                () -> prometheus.get(),
                List.of(check),
                Optional::empty,
                "test",
                InstantSource.system());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dashboards.port() + path))
                .timeout(Duration.ofSeconds(10));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
