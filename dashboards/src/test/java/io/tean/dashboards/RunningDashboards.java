package io.tean.dashboards;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.health.HealthCheck.Health;
import io.tean.core.stream.StreamCatalogue;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The web side on a free port, with everything of its own, for tests that come with a browser. */
public final class RunningDashboards implements AutoCloseable {
    private final Vertx vertx;
    private final Dashboards dashboards;

    private RunningDashboards(Vertx vertx, Dashboards dashboards) {
        this.vertx = vertx;
        this.dashboards = dashboards;
    }

    public static RunningDashboards on(DataSource database) {
        Vertx vertx = Vertx.vertx();
        HealthCheck check = () -> new Health("database", true, "answers");
        return new RunningDashboards(
                vertx,
                Dashboards.open(new Dashboards.Parts(
                        vertx,
                        new HandMadeHttp("127.0.0.1", 0),
                        database,
                        StreamCatalogue.builtIn(),
                        new SimpleMeterRegistry(),
                        () -> "",
                        List.of(check),
                        Optional::empty,
                        "test",
                        InstantSource.system())));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + dashboards.port() + path;
    }

    @Override
    public void close() {
        dashboards.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
