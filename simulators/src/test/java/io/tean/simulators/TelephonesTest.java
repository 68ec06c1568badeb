package io.tean.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelephonesTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Telephones telephones = new Telephones(
            0, new PrintStream(printed, true, StandardCharsets.UTF_8), () -> Instant.parse("2026-03-01T00:00:00Z"));

    TelephonesTest() throws IOException {}

    @AfterEach
    void close() {
        telephones.close();
    }

    @Test
    void message_isPrinted_inOneLine_withItsTelephone() throws Exception {
        assertThat(post("to=0539-96333&text=%E6%9C%89%E4%BA%BA%E8%A2%AB%E5%9B%B0%0Ahttp%3A%2F%2Fx%2Fr%2F1"))
                .isEqualTo(200);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("08:00:00 0539-96333: 有人被困 http://x/r/1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "to=1", "text=%", "to=&text=1", "nonsense"})
    void whatIsNoMessage_isRefused_andNotPrinted(String body) throws Exception {
        assertThat(post(body)).isEqualTo(400);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int post(String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + telephones.port() + "/"))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
