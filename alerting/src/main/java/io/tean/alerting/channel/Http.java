package io.tean.alerting.channel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls to a channel's far side: only to addresses within reach, no redirects, no retries of its own, answers cut at {@value #MOST} bytes. */
final class Http implements AutoCloseable {
    static final int MOST = 64 * 1024;
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration SILENCE = Duration.ofSeconds(9);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration TOO_MANY = Duration.ofSeconds(60);

    private final CloseableHttpClient client;
    private final InstantSource clock;

    Http(Reach reach, InstantSource clock) {
        this.clock = clock;
        Timeout silence = Timeout.of(SILENCE);
        Http1Config small = Http1Config.custom()
                .setMaxLineLength(8 * 1024)
                .setMaxHeaderCount(100)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(reach)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(small)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(silence)
                                .setSocketTimeout(silence)
                                .build())
                        .setMaxConnTotal(1_000)
                        .setMaxConnPerRoute(1_000)
                        .build())
                .setConnectionReuseStrategy((request, answer, context) -> false)
                .setUserAgent("Tean")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** @param body its first bytes */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        /** The body as JSON; nothing when it is none. */
        Optional<JsonNode> json() {
            try {
                return Optional.of(JSON.readTree(body));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /**
     * Sends, and reads what came of it.
     *
     * @param body none sends none
     * @param read what an answer with a good status means
     */
    Delivered call(
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            Function<Answer, Delivered> read) {
        try {
            Answer answer = send(method, uri, headers, body);
            return answer.status / 100 == 2 ? read.apply(answer) : failed(answer);
        } catch (Reach.Forbidden e) {
            return new Delivered.Refused(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new Delivered.TryLater("nobody knows the host " + uri.getHost());
        } catch (IOException e) {
            return new Delivered.TryLater(uri.getHost() + ": " + e.getMessage());
        }
    }

    private Answer send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
        headers.forEach(request::setHeader);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(
                    body, ContentType.parse(headers.getOrDefault("Content-Type", "application/json; charset=utf-8"))));
            request.removeHeaders("Content-Type");
        }
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
            Map<String, String> found = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Header header : response.getHeaders()) {
                found.putIfAbsent(header.getName(), header.getValue());
            }
            byte[] first = new byte[0];
            if (response.getEntity() != null) {
                try (InputStream in = response.getEntity().getContent()) {
                    first = in.readNBytes(MOST);
                    // Closing would read on to the end of what never ends.
                    request.cancel();
                } catch (IOException e) {
                    // The status came; a body that broke off is judged as far as it goes.
                    if (!request.isCancelled()) {
                        throw e;
                    }
                }
            }
            return new Answer(response.getCode(), found, first);
        } finally {
            request.cancel();
        }
    }

    private Delivered failed(Answer answer) {
        String why = "the answer was " + answer.status;
        return switch (answer.status) {
            case 429 -> new Delivered.TryLater(Optional.of(wait(answer).orElse(TOO_MANY)), why);
            case 408, 425 -> new Delivered.TryLater(why);
            default -> {
                if (answer.status / 100 == 5) {
                    yield new Delivered.TryLater(wait(answer), why);
                }
                yield new Delivered.Refused(answer.status / 100 == 3 ? why + ", and redirects are not followed" : why);
            }
        };
    }

    /** How long the far side wants to be left alone, if it says so. */
    Optional<Duration> wait(Answer answer) {
        return answer.header("x-ogw-ratelimit-reset")
                .or(() -> answer.header("Retry-After"))
                .flatMap(this::duration)
                .map(d -> d.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : d);
    }

    private Optional<Duration> duration(String text) {
        if (text.strip().matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Math.max(1, Long.parseLong(text.strip()))));
        }
        try {
            Instant until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Optional.empty() : Optional.of(left);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
