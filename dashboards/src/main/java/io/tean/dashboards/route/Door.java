package io.tean.dashboards.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.settings.HttpSettings;
import io.tean.dashboards.route.Refusal.Reason;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.MapTiles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: takes each request off the network, has it pass the rules of its route, and sends what the handler answers. */
public final class Door extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(Door.class);
    private static final int BODY_BYTES = 64 * 1024;
    /** Of a file that somebody sends, with the form around it. */
    private static final long UPLOAD_BYTES = 200L * 1024 * 1024 + BODY_BYTES;
    /** Requests that may be worked on at a time: the database has fewer connections than that, the rest wait for one. */
    private static final int AT_A_TIME = 64;

    private final HttpSettings settings;
    private final Proxies proxies;
    private final Cookies cookies;
    private final Doorkeeper keeper;
    private final RefusalPages refusals;
    private final DoorMeters meters;
    private final Map<Route, Handler> handlers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tean-web-", 0).factory());
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final String uploads;
    private final String tiles;
    private volatile int port;

    /** How the door recognises people, and what it says when it does not let them in. */
    public record Parts(
            HttpSettings settings,
            URI publicUrl,
            Proxies proxies,
            Identity identity,
            RefusalPages refusals,
            MeterRegistry meters,
            Optional<MapTiles> tiles) {}

    /** @throws IllegalStateException when a route has no handler */
    public Door(Parts parts, Map<Route, Handler> handlers) {
        this.settings = parts.settings();
        this.proxies = parts.proxies();
        this.cookies = new Cookies(parts.publicUrl());
        this.keeper = new Doorkeeper(parts.identity(), new Csrf(parts.publicUrl()), cookies);
        this.refusals = parts.refusals();
        this.meters = new DoorMeters(parts.meters());
        this.uploads = directory();
        this.tiles = parts.tiles().map(map -> " " + map.origin()).orElse("");
        this.handlers = new EnumMap<>(handlers);
        for (Route route : Route.values()) {
            if (!handlers.containsKey(route)) {
                throw new IllegalStateException("the route " + route + " has no handler");
            }
        }
    }

    /** For files that people send, of this process alone. */
    private static String directory() {
        try {
            return Files.createTempDirectory("tean-upload-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a directory for uploads in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    @Override
    public Future<?> start() {
        Router router = router();
        return vertx.createHttpServer(options())
                .requestHandler(request -> {
                    // Before anything else: what the router refuses by itself is hardened too.
                    harden(request.response());
                    router.handle(request);
                })
                .invalidRequestHandler(this::refuseUnread)
                .listen()
                .onSuccess(this::remember);
    }

    @Override
    public Future<?> stop() {
        threads.shutdown();
        return Future.succeededFuture();
    }

    public int port() {
        return port;
    }

    private void remember(HttpServer server) {
        port = server.actualPort();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16 * 1024)
                .setMaxChunkSize(16 * 1024)
                .setMaxFormAttributeSize(BODY_BYTES)
                .setMaxFormFields(256)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                // A peer that neither sends nor reads gives its connection back.
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Router router() {
        Router router = Router.router(vertx);
        for (int status : List.of(400, 404, 405, 413, 415, 500)) {
            router.errorHandler(status, context -> refuse(context, status));
        }
        BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_BYTES);
        // Writes files to the disk as they come; what nobody moved away is deleted with the answer.
        BodyHandler upload =
                BodyHandler.create(uploads).setBodyLimit(UPLOAD_BYTES).setDeleteUploadedFilesOnEnd(true);
        for (Route route : Route.values()) {
            var mounted = router.route(route.path());
            if (route.kind().changes()) {
                // Here and not for all of POST: then every address would be there, for the wrong method.
                mounted.method(HttpMethod.POST);
                if (route.kind() == Route.Kind.UPLOAD) {
                    // A body handler stands after no other than one of the platform.
                    mounted.handler((PlatformHandler) context -> admit(route, context))
                            .handler(upload);
                } else {
                    mounted.handler(body);
                }
            } else {
                mounted.method(HttpMethod.GET).method(HttpMethod.HEAD);
            }
            mounted.handler(context -> enter(route, context));
        }
        return router;
    }

    /** Before a large body is read: not a byte of it is taken from whom it may not come from. */
    private void admit(Route route, RoutingContext context) {
        context.request().pause();
        Received head = received(context, Map.of(), Map.of(), "");
        Context loop = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                keeper.admit(route, head);
                loop.runOnContext(ignored -> {
                    context.request().resume();
                    context.next();
                });
            } catch (RuntimeException | Error e) {
                Refusal refusal = e instanceof Refusal known ? known : ofFailure(route, e);
                meters.refused(refusal.reason());
                loop.runOnContext(ignored -> {
                    say(context, route.kind().ofApi(), refusal);
                    // What still comes is read and thrown away: a connection cut here would take the answer with it.
                    context.request().resume();
                });
            }
        });
    }

    private void enter(Route route, RoutingContext context) {
        if (route == Route.LIVE) {
            // On the event loop on purpose: that this answers is the proof that the loop lives.
            send(context, keeper.pass(route, received(context), Map.of(), handler(route)));
            return;
        }
        // First: whatever cannot be read is refused here, and must not keep a place.
        Received received = received(context);
        Map<String, String> parameters = Map.copyOf(context.pathParams());
        if (!room.tryAcquire()) {
            meters.refused(Reason.BUSY);
            say(context, route.kind().ofApi(), Refusal.of(Reason.BUSY, "too many requests at a time: try again"));
            return;
        }
        Context loop = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                work(route, context, loop, received, parameters);
            } finally {
                room.release();
            }
        });
    }

    private void work(
            Route route, RoutingContext context, Context loop, Received received, Map<String, String> parameters) {
        try {
            Answer answer = keeper.pass(route, received, parameters, handler(route));
            if (answer instanceof Answer.Download download) {
                new DownloadStream(loop, context.response(), download).run();
            } else {
                loop.runOnContext(ignored -> sendOrSay(route, context, answer));
            }
        } catch (Refusal refusal) {
            meters.refused(refusal.reason());
            loop.runOnContext(ignored -> say(context, route.kind().ofApi(), refusal));
        } catch (IOException e) {
            // The reader of a download went away, or the connection did: half a file must not look like a whole one.
            loop.runOnContext(ignored -> context.request().connection().close());
        } catch (RuntimeException | Error e) {
            // An error too: whoever asked must not wait for an answer that never comes.
            Refusal refusal = ofFailure(route, e);
            meters.refused(refusal.reason());
            loop.runOnContext(ignored -> say(context, route.kind().ofApi(), refusal));
        }
    }

    /** An answer that cannot be sent, for a header that is none, is a bug like any other. */
    private void sendOrSay(Route route, RoutingContext context, Answer answer) {
        try {
            send(context, answer);
        } catch (RuntimeException e) {
            Refusal refusal = ofFailure(route, e);
            meters.refused(refusal.reason());
            context.response().headers().clear();
            harden(context.response());
            say(context, route.kind().ofApi(), refusal);
        }
    }

    /** An outage is told as one; a bug goes to the log under a number that the person can tell the engineer. */
    private static Refusal ofFailure(Route route, Throwable e) {
        if (isOutage(e)) {
            log.warn("cannot answer {}: the database does not: {}", route, oneLine(e));
            return Refusal.of(Reason.DATABASE_AWAY, "the database does not answer: try again");
        }
        String number = UUID.randomUUID().toString().substring(0, 8);
        log.error("cannot answer {} (number {})", route, number, e);
        return Refusal.of(Reason.BUG, "it is in the log under the number " + number);
    }

    private static boolean isOutage(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                // Connection lost, server going down, statement given up for its time.
                return state.startsWith("08") || state.startsWith("57") || sql instanceof SQLTransientException;
            }
        }
        return false;
    }

    private static String oneLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
    }

    private Handler handler(Route route) {
        return Objects.requireNonNull(handlers.get(route));
    }

    /** What no route took, or what the network part refused by itself. */
    private void refuse(RoutingContext context, int status) {
        Reason reason = Reason.of(status).orElse(Reason.BUG);
        String path = String.valueOf(context.request().path());
        if (reason == Reason.BUG) {
            log.error("cannot answer {} {}", context.request().method(), oneLine(path), context.failure());
        }
        meters.refused(reason);
        if (reason == Reason.WRONG_METHOD) {
            context.response().putHeader(HttpHeaders.ALLOW, Route.methods(path));
        }
        say(context, path.startsWith("/api/"), Refusal.of(reason, reason.slug()));
    }

    /** What is no HTTP, or too long to be read: nothing of it is known for sure, and the connection is of no further use. */
    private void refuseUnread(HttpServerRequest request) {
        Refusal refusal = Refusal.of(unread(request), "the request cannot be read");
        meters.refused(refusal.reason());
        HttpServerResponse response = request.response();
        harden(response);
        Answer.Text page = refusals.page(refusal, Language.ZH);
        response.setStatusCode(page.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, page.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(page.body())
                .onComplete(ignored -> request.connection().close());
    }

    private static Reason unread(HttpServerRequest request) {
        // By its words: the type is the network library's own, which this module does not know.
        String cause = String.valueOf(request.decoderResult());
        if (cause.contains("TooLongHttpLine")) {
            return Reason.ADDRESS_TOO_LONG;
        }
        return cause.contains("TooLongHttpHeader") ? Reason.HEAD_TOO_LARGE : Reason.BAD_REQUEST;
    }

    /** Without what could begin a line of its own in the log, or colour one. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    private void say(RoutingContext context, boolean program, Refusal refusal) {
        if (context.response().ended()) {
            return;
        }
        if (context.response().headWritten()) {
            // Too late to say it: half an answer must not look like a whole one, nor leave its reader waiting.
            context.request().connection().close();
            return;
        }
        // Without the query, which may be the very thing that cannot be read.
        Received received = received(context, Map.of(), Map.of(), "");
        String path = received.uri().replaceFirst("\\?.*", "");
        send(
                context,
                program ? RefusalPages.problem(refusal, path) : refusals.page(refusal, keeper.language(received)));
    }

    private void send(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        switch (answer) {
            case Answer.Text text -> {
                response.setStatusCode(text.status()).putHeader(HttpHeaders.CONTENT_TYPE, text.type());
                // Everything here is old in a second, and some of it is nobody else's to see.
                response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                text.headers().forEach(response::putHeader);
                text.cookies().forEach(cookie -> response.addCookie(cookie(cookie)));
                if (text.status() == 429 || text.status() == 503) {
                    response.putHeader(HttpHeaders.RETRY_AFTER, "5");
                }
                response.end(text.body());
            }
            case Answer.Bytes(String name, byte[] content) ->
                response.putHeader(HttpHeaders.CONTENT_TYPE, Answer.Bytes.TYPE)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.CONTENT_DISPOSITION, Answer.attachment(name))
                        .end(Buffer.buffer(content));
            case Answer.Open open -> open.opening().with(response);
            case Answer.Download ignored -> throw new IllegalStateException("a download is written as it is read");
        }
    }

    private Cookie cookie(CookieValue value) {
        Cookie cookie = Cookie.cookie(value.name(), value.value())
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(cookies.secure())
                .setSameSite(CookieSameSite.LAX);
        value.age().ifPresent(age -> cookie.setMaxAge(age.toSeconds()));
        return cookie;
    }

    private Received received(RoutingContext context) {
        Buffer body = context.body() == null ? null : context.body().buffer();
        return received(
                        context,
                        values(context.queryParams()),
                        values(context.request().formAttributes()),
                        body == null ? "" : body.toString(StandardCharsets.UTF_8))
                .with(context.fileUploads().stream()
                        .findFirst()
                        .map(file -> new Received.Upload(Path.of(file.uploadedFileName()), file.fileName())));
    }

    private Received received(
            RoutingContext context, Map<String, List<String>> query, Map<String, List<String>> form, String body) {
        HttpServerRequest request = context.request();
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        Map<String, String> cookieValues = new HashMap<>();
        request.cookies().forEach(cookie -> cookieValues.putIfAbsent(cookie.getName(), cookie.getValue()));
        return new Received(
                request.uri(),
                Map.copyOf(headers),
                Map.copyOf(cookieValues),
                query,
                form,
                body,
                proxies.origin(request.remoteAddress().hostAddress(), forwardedFor(request)));
    }

    /** All lines of it as one: some proxies add a line of their own below the one that they were sent. */
    private static Optional<String> forwardedFor(HttpServerRequest request) {
        List<String> lines = request.headers().getAll("x-forwarded-for");
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines));
    }

    private static Map<String, List<String>> values(MultiMap map) {
        Map<String, List<String>> values = new HashMap<>();
        map.forEach((name, value) ->
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return values;
    }

    /** Pages load nothing but their own styles, scripts and pictures, send forms only here, and stand in nobody's frame. */
    private void harden(HttpServerResponse response) {
        response.putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'"
                                + tiles + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (cookies.secure()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
