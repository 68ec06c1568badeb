package io.tean.app;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tean.alerting.Alerting;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.audit.AuditSealer;
import io.tean.core.health.HealthCheck;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.settings.TeanSettings;
import io.tean.core.store.Database;
import io.tean.core.store.DatabaseWatch;
import io.tean.core.store.Schema;
import io.tean.core.store.ServerFacts;
import io.tean.core.store.StoreException;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.Dashboards;
import io.tean.ingest.Ingest;
import io.tean.ingest.store.DeadLetters;
import io.tean.ingest.summary.SummaryKeeper;
import io.tean.register.Register;
import io.tean.register.duty.DutyKeeper;
import io.tean.register.regulation.RegulationBook;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: all rooms wired, in the order in which data flows. */
public final class Service implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Service.class);
    /** From SIGTERM to the end it may take 10 s in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HikariDataSource ingestPool;
    private final HikariDataSource webPool;
    private final HikariDataSource auditPool;
    private final HikariDataSource registerPool;
    private final HikariDataSource dutyPool;
    private final HikariDataSource alertingPool;
    private final HikariDataSource outboxPool;
    private final HikariDataSource summaryPool;
    private final HikariDataSource watchPool;
    private final DatabaseWatch watch;
    private final ServerFacts server;
    private final Ingest ingest;
    private final SummaryKeeper summaries;
    private final AuditSealer sealer;
    private final Register register;
    private final DutyKeeper duties;
    private final Alerting alerting;
    private final Dashboards dashboards;

    private Service(TeanSettings settings, StreamCatalogue catalogue, InstantSource clock) {
        Database database = new Database(settings.db());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        @SuppressWarnings("resource") // lives as long as the process
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(meters);

        vertx = Vertx.vertx();
        // Kept apart, so that a stuck one cannot stop the others.
        ingestPool = database.pool("ingest", settings.ingest().lanes() + 2);
        webPool = database.pool("web", 10);
        auditPool = database.pool("audit", 1);
        // An import holds two for as long as it takes.
        registerPool = database.pool("register", 5);
        dutyPool = database.pool("duty", 1);
        alertingPool = database.pool("alerting", Alerting.CONNECTIONS);
        outboxPool = database.pool("outbox", Alerting.OUTBOX_CONNECTIONS);
        summaryPool = database.pool("summary", SummaryKeeper.CONNECTIONS);
        watchPool = database.pool("watch", 1);
        Ingest opened = null;
        SummaryKeeper summarising = null;
        AuditSealer sealing = null;
        DutyKeeper keeping = null;
        Alerting judging = null;
        try {
            database.await(watchPool);
            server = facts(settings, catalogue);
            log.info("{} at {}", server, database.address());
            watch = new DatabaseWatch(watchPool);
            RegulationBook book = RegulationBook.builtIn();
            RuleCatalogue rules = Alerting.rules(settings.alerting(), catalogue);
            register = new Register(registerPool, book, meters, clock);
            judging = Alerting.open(alertingPool, webPool, settings.alerting(), rules, catalogue, meters);
            alerting = judging;
            List<InTransactionStep> steps = new ArrayList<>(alerting.steps());
            steps.addAll(register.steps());
            opened = Ingest.open(new Ingest.Parts(vertx, settings, ingestPool, catalogue, steps, meters, clock));
            ingest = opened;
            summarising = SummaryKeeper.start(summaryPool, settings, catalogue, meters);
            summaries = summarising;
            sealing = AuditSealer.start(auditPool, meters);
            sealer = sealing;
            keeping = register.keepDuties(dutyPool, meters);
            duties = keeping;
            HealthCheck notices = alerting.startOutbox(outboxPool, settings.publicUrl());
            dashboards = Dashboards.open(new Dashboards.Parts(
                    vertx,
                    settings,
                    webPool,
                    catalogue,
                    new Dashboards.Decisions(
                            new DeadLetters(webPool),
                            register.equipment(),
                            register.duties(),
                            register.intake(),
                            register.maintenance(),
                            register.inspection(),
                            alerting.decisions(),
                            alerting.rescue(),
                            alerting.notices()),
                    new Dashboards.Running(
                            meters,
                            meters::scrape,
                            List.of(
                                    watch,
                                    ingest.health(),
                                    summaries,
                                    sealer,
                                    duties,
                                    alerting.health(),
                                    alerting.rescueHealth(),
                                    notices),
                            () -> Optional.of(server),
                            Version.NAME),
                    new Dashboards.Books(rules, book),
                    clock));
            alerting.subscribe(dashboards::tell);
        } catch (RuntimeException e) {
            if (judging != null) {
                judging.close();
            }
            if (keeping != null) {
                keeping.close();
            }
            if (sealing != null) {
                sealing.close();
            }
            if (summarising != null) {
                summarising.close();
            }
            if (opened != null) {
                opened.close(PATIENCE);
            }
            closePools();
            vertx.close();
            throw e;
        }
    }

    /**
     * Starts everything and listens.
     *
     * @throws RuntimeException with one line that says what is missing or taken
     */
    public static Service start(TeanSettings settings, StreamCatalogue catalogue, InstantSource clock) {
        return new Service(settings, catalogue, clock);
    }

    private ServerFacts facts(TeanSettings settings, StreamCatalogue catalogue) {
        try (Connection connection = watchPool.getConnection()) {
            return new Schema(settings.db(), catalogue).requireFit(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot check the schema: " + e.getMessage(), e);
        }
    }

    /** Makes the first administrator, when there is no account at all, and answers its one-time password. */
    public Optional<String> addFirstAdministrator() {
        return dashboards.addFirstAdministrator();
    }

    public int mqttPort() {
        return ingest.port();
    }

    public int httpPort() {
        return dashboards.port();
    }

    public ServerFacts server() {
        return server;
    }

    /** Stops accepting, finishes and acknowledges what is in hand, then ends. */
    @Override
    public void close() {
        boolean settled = ingest.close(PATIENCE);
        dashboards.close();
        alerting.close();
        register.close();
        duties.close();
        summaries.close();
        sealer.close();
        watch.close();
        closePools();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        log.info("stopped{}", settled ? ", everything in hand acknowledged" : "");
    }

    private void closePools() {
        watchPool.close();
        summaryPool.close();
        outboxPool.close();
        alertingPool.close();
        dutyPool.close();
        registerPool.close();
        auditPool.close();
        webPool.close();
        ingestPool.close();
    }
}
