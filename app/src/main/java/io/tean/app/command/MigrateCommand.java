package io.tean.app.command;

import io.tean.core.settings.TeanSettings;
import io.tean.core.store.Schema;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Brings the database up to date as its owner (TEAN_DB_OWNER), and makes the role that serve runs as.")
final class MigrateCommand implements Runnable {
    @Override
    public void run() {
        TeanSettings settings = Tean.settings();
        List<String> done = new Schema(settings.db(), Tean.catalogue(settings)).migrate();
        done.forEach(System.out::println);
        if (done.isEmpty()) {
            System.out.println("the database is up to date");
        }
    }
}
