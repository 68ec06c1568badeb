package io.tean.dashboards;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.settings.HttpSettings;
import io.tean.core.store.ServerFacts;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.probe.Probes;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.status.StatusPage;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web side of the house: status page, probes and metrics over HTTP. */
public final class Dashboards {
    private static final Logger log = LoggerFactory.getLogger(Dashboards.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WORKERS = 8;

    private final Vertx vertx;
    private final Door door;
    private final StatusPage status;
    private final String deployment;

    /**
     * What the web side is made from.
     *
     * @param database the web side's own pool, of a role that cannot change the schema
     * @param prometheus the text for a scrape
     * @param server what the database server is, from memory; empty until it was asked
     */
    public record Parts(
            Vertx vertx,
            HttpSettings http,
            DataSource database,
            StreamCatalogue streams,
            MeterRegistry meters,
            Supplier<String> prometheus,
            List<HealthCheck> checks,
            Supplier<Optional<ServerFacts>> server,
            String version,
            InstantSource clock) {
        public Parts {
            checks = List.copyOf(checks);
        }
    }

    private Dashboards(Vertx vertx, Door door, StatusPage status, String deployment) {
        this.vertx = vertx;
        this.door = door;
        this.status = status;
        this.deployment = deployment;
    }

    /**
     * Opens the door and waits until it listens; the database need not answer for that.
     *
     * @throws DashboardsException when it cannot listen
     */
    public static Dashboards open(Parts parts) {
        Screens screens = new Screens();
        StatusPage status = new StatusPage(
                new StatusPage.Sources(
                        parts.database(),
                        parts.streams(),
                        parts.meters(),
                        parts.checks(),
                        parts.server(),
                        parts.version(),
                        parts.clock()),
                screens);
        Door door = new Door(parts.http(), screens, new Probes(parts.checks(), parts.prometheus()), status);
        DeploymentOptions options =
                new DeploymentOptions().setWorkerPoolName("tean-web").setWorkerPoolSize(WORKERS);
        try {
            String deployment = await(parts.vertx().deployVerticle(door, options));
            status.open();
            log.info("pages at http://{}:{}/", parts.http().host(), door.port());
            return new Dashboards(parts.vertx(), door, status, deployment);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new DashboardsException(problem(parts.http(), cause), cause);
        } catch (TimeoutException e) {
            throw new DashboardsException(
                    "TEAN_HTTP_PORT: " + address(parts.http()) + " could not be opened within " + PATIENCE.toSeconds()
                            + " s: start again when this machine is less busy",
                    e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return door.port();
    }

    public void close() {
        status.close();
        try {
            await(vertx.undeploy(deployment));
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the door for browsers did not close cleanly: {}", String.valueOf(e.getMessage()));
        }
    }

    private static String problem(HttpSettings http, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        if (reason.contains("in use")) {
            return "TEAN_HTTP_PORT: " + address(http) + " is taken by another program: choose another port or stop it";
        }
        return "TEAN_HTTP_HOST, TEAN_HTTP_PORT: cannot listen on " + address(http) + " (" + reason
                + "): choose an address of this machine, and a port that this user may open";
    }

    private static String address(HttpSettings http) {
        return http.host() + ":" + http.port();
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DashboardsException("interrupted while the door for browsers opened or closed", e);
        }
    }
}
