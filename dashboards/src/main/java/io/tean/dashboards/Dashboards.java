package io.tean.dashboards;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.alert.RuleBook;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.MachineDuties;
import io.tean.core.health.HealthCheck;
import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.intake.FileIntake;
import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.notice.NoticeDecisions;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.core.regulation.RegulationTexts;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.settings.HttpSettings;
import io.tean.core.settings.TeanSettings;
import io.tean.core.store.ServerFacts;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.account.Accounts;
import io.tean.dashboards.alert.AlertPages;
import io.tean.dashboards.api.ApiPages;
import io.tean.dashboards.audit.AuditPages;
import io.tean.dashboards.catalogue.CataloguePages;
import io.tean.dashboards.device.DevicePages;
import io.tean.dashboards.figures.FiguresPages;
import io.tean.dashboards.filling.FillingPages;
import io.tean.dashboards.inspection.ComparisonPages;
import io.tean.dashboards.inspection.InspectionPages;
import io.tean.dashboards.inspection.MonthPages;
import io.tean.dashboards.letter.LetterPages;
import io.tean.dashboards.live.ChangeWatch;
import io.tean.dashboards.live.Streams;
import io.tean.dashboards.lookup.LabelPages;
import io.tean.dashboards.lookup.LookupPages;
import io.tean.dashboards.machine.MachinePages;
import io.tean.dashboards.maintenance.MaintenancePages;
import io.tean.dashboards.notice.NoticePages;
import io.tean.dashboards.overview.OverviewPages;
import io.tean.dashboards.probe.Probes;
import io.tean.dashboards.register.CylinderPages;
import io.tean.dashboards.register.EquipmentPages;
import io.tean.dashboards.register.ImportPages;
import io.tean.dashboards.register.OperatorPages;
import io.tean.dashboards.register.OrganisationPages;
import io.tean.dashboards.rescue.RescuePages;
import io.tean.dashboards.rescuer.RescuerPages;
import io.tean.dashboards.route.Assets;
import io.tean.dashboards.route.Cookies;
import io.tean.dashboards.route.Door;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Proxies;
import io.tean.dashboards.route.RefusalPages;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.score.ScoreBook;
import io.tean.dashboards.score.ScorePages;
import io.tean.dashboards.screen.MapTiles;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.status.StatusPage;
import io.tean.dashboards.submission.SubmissionPages;
import io.tean.dashboards.trend.TrendPages;
import io.tean.dashboards.visit.VisitPages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final Vertx vertx;
    private final Door door;
    private final Busy busy;
    private final String deployment;

    /**
     * What the web side is made from.
     *
     * @param database the web side's own pool, of a role that cannot change the schema
     */
    public record Parts(
            Vertx vertx,
            TeanSettings settings,
            DataSource database,
            StreamCatalogue streams,
            Decisions decisions,
            Running running,
            Books books,
            InstantSource clock) {}

    /** What Tean goes by, for people to read. */
    public record Books(RuleBook rules, RegulationTexts regulations) {}

    /** Where people's decisions go: the modules that own what is decided about. */
    public record Decisions(
            DeadLetterDecisions deadLetters,
            EquipmentDecisions equipment,
            MachineDuties duties,
            FileIntake intake,
            MaintenanceDecisions maintenance,
            InspectionDecisions inspections,
            AlertDecisions alerts,
            RescueDecisions rescue,
            NoticeDecisions notices) {}

    /**
     * What there is to say about the running service.
     *
     * @param prometheus the text for a scrape
     * @param server what the database server is, from memory; empty until it was asked
     */
    public record Running(
            MeterRegistry meters,
            Supplier<String> prometheus,
            List<HealthCheck> checks,
            Supplier<Optional<ServerFacts>> server,
            String version) {
        public Running {
            checks = List.copyOf(checks);
        }
    }

    /** What has threads or timers of its own. */
    private record Busy(StatusPage status, Accounts accounts, Streams streams, ChangeWatch changes) {
        void open() {
            status.open();
            changes.open();
            accounts.watch(streams::sessions, streams::end);
        }

        void close() {
            changes.close();
            streams.close();
            status.close();
            accounts.close();
        }
    }

    private Dashboards(Vertx vertx, Door door, Busy busy, String deployment) {
        this.vertx = vertx;
        this.door = door;
        this.busy = busy;
        this.deployment = deployment;
    }

    /**
     * Opens the door and waits until it listens; the database need not answer for that.
     *
     * @throws DashboardsException when it cannot listen
     */
    public static Dashboards open(Parts parts) {
        HttpSettings http = parts.settings().http();
        Running running = parts.running();
        Screens screens = new Screens();
        StatusPage status = new StatusPage(
                new StatusPage.Sources(
                        parts.database(),
                        parts.streams(),
                        running.meters(),
                        running.checks(),
                        running.server(),
                        running.version(),
                        parts.clock()),
                screens);
        Accounts accounts = new Accounts(
                parts.database(),
                http,
                new Cookies(parts.settings().publicUrl()),
                screens,
                running.meters(),
                parts.clock());
        Streams streams = new Streams(parts.vertx(), http, running.meters());
        ChangeWatch changes = new ChangeWatch(parts.database(), streams);
        Busy busy = new Busy(status, accounts, streams, changes);

        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.putAll(new Probes(running.checks(), running.prometheus()).handlers());
        handlers.putAll(Assets.handlers());
        handlers.putAll(accounts.handlers());
        handlers.putAll(status.handlers());
        handlers.putAll(
                new AlertPages(parts.database(), parts.decisions().alerts(), parts.streams(), screens, parts.clock())
                        .handlers());
        Optional<MapTiles> tiles = tiles(http);
        handlers.putAll(new RescuePages(
                        parts.database(), parts.decisions().rescue(), parts.streams(), screens, tiles, parts.clock())
                .handlers());
        handlers.putAll(new OverviewPages(parts.database(), screens, tiles, parts.clock()).handlers());
        handlers.putAll(new RescuerPages(parts.database(), parts.decisions().rescue(), screens).handlers());
        handlers.putAll(new DevicePages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new LetterPages(parts.database(), parts.decisions().deadLetters(), parts.streams(), screens)
                .handlers());
        MachinePages machines = new MachinePages(parts.database(), parts.streams(), parts.clock());
        handlers.putAll(machines.handlers());
        handlers.putAll(new EquipmentPages(
                        parts.database(),
                        parts.decisions().equipment(),
                        parts.decisions().duties(),
                        machines,
                        screens,
                        parts.clock())
                .handlers());
        handlers.putAll(new LookupPages(parts.database(), screens, running.meters(), parts.clock()).handlers());
        handlers.putAll(new LabelPages(parts.database(), parts.settings().publicUrl(), screens).handlers());
        handlers.putAll(new OrganisationPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new OperatorPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new CylinderPages(parts.database(), parts.streams(), screens, parts.clock()).handlers());
        handlers.putAll(new FillingPages(parts.database(), parts.streams(), screens, parts.clock()).handlers());
        handlers.putAll(new ImportPages(parts.database(), parts.decisions().intake(), screens).handlers());
        InspectionDecisions inspections = parts.decisions().inspections();
        handlers.putAll(new InspectionPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new MonthPages(parts.database(), inspections, screens, parts.clock()).handlers());
        handlers.putAll(new ComparisonPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new TrendPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new SubmissionPages(parts.database(), inspections, screens, parts.clock()).handlers());
        handlers.putAll(new FiguresPages(parts.database(), screens, parts.clock()).handlers());
        handlers.putAll(new ScorePages(parts.database(), ScoreBook.builtIn(), screens, parts.clock()).handlers());
        MaintenanceDecisions maintenance = parts.decisions().maintenance();
        handlers.putAll(new MaintenancePages(parts.database(), maintenance, screens, parts.clock()).handlers());
        handlers.putAll(new VisitPages(parts.database(), maintenance, screens, parts.clock()).handlers());
        handlers.putAll(new AuditPages(parts.database(), screens).handlers());
        handlers.putAll(
                new NoticePages(parts.database(), parts.decisions().notices(), screens, parts.clock()).handlers());
        Books books = parts.books();
        handlers.putAll(new CataloguePages(books.rules(), books.regulations(), parts.database(), screens, parts.clock())
                .handlers());
        handlers.putAll(new ApiPages(status::status).handlers());
        handlers.putAll(streams.handlers());
        Door door = new Door(
                new Door.Parts(
                        http,
                        parts.settings().publicUrl(),
                        proxies(http),
                        accounts,
                        new RefusalPages(screens),
                        running.meters(),
                        tiles),
                handlers);
        try {
            String deployment = await(parts.vertx().deployVerticle(door));
            busy.open();
            log.info("pages at http://{}:{}/", http.host(), door.port());
            return new Dashboards(parts.vertx(), door, busy, deployment);
        } catch (ExecutionException e) {
            busy.close();
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new DashboardsException(problem(http, cause), cause);
        } catch (TimeoutException e) {
            busy.close();
            throw new DashboardsException(
                    "TEAN_HTTP_PORT: " + address(http) + " could not be opened within " + PATIENCE.toSeconds()
                            + " s: start again when this machine is less busy",
                    e);
        }
    }

    private static Proxies proxies(HttpSettings http) {
        try {
            return Proxies.of(http.trustedProxies().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new DashboardsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<MapTiles> tiles(HttpSettings http) {
        try {
            return http.mapTiles().map(MapTiles::of);
        } catch (IllegalArgumentException e) {
            throw new DashboardsException("TEAN_HTTP_MAP_TILES: " + e.getMessage(), e);
        }
    }

    /** Makes the first administrator, when there is no account at all, and answers its one-time password. */
    public Optional<String> addFirstAdministrator() {
        return busy.accounts().addFirst();
    }

    /**
     * Tells an emergency that is not stored yet to every open page of a dispatcher or an administrator, once; the database need not
     * answer for that. Never blocks.
     */
    public void tell(EarlyAlarm alarm) {
        busy.streams().tell(alarm);
    }

    /** The port that it listens on. */
    public int port() {
        return door.port();
    }

    public void close() {
        busy.close();
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
