package io.tean.app.command;

import io.tean.app.Service;
import io.tean.core.settings.TeanSettings;
import io.tean.dashboards.account.AccountLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the service until it is told to stop (SIGTERM, Ctrl-C); then it finishes what is in hand.")
final class ServeCommand implements Runnable {
    private static final Duration LATEST_END = Duration.ofSeconds(9);

    @Override
    public void run() {
        TeanSettings settings = Tean.settings();
        Service service = Service.start(settings, Tean.catalogue(settings), InstantSource.system());
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            endAnyway();
                            service.close();
                            over.countDown();
                        },
                        "tean-stop"));
        // To the terminal of whoever starts it, once, and never to the log.
        service.addFirstAdministrator()
                .ifPresent(password -> System.out.printf(
                        "first start: log in as %s with the one-time password %s within three days, and set your own;"
                                + " bin/tean user reset %s makes another%n",
                        AccountLedger.FIRST, password, AccountLedger.FIRST));
        System.out.printf(
                "ready: devices mqtt://%s:%d, people http://%s:%d/, %s%n",
                settings.mqtt().host(),
                service.mqttPort(),
                settings.http().host(),
                service.httpPort(),
                service.server());
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that does not answer must not hold the end up: nothing that is not committed was acknowledged. */
    private static void endAnyway() {
        Thread.ofPlatform().daemon().name("tean-end-anyway").start(() -> {
            try {
                Thread.sleep(LATEST_END);
                System.err.println("tean: ended with work in hand; its devices will send it again");
                Runtime.getRuntime().halt(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
