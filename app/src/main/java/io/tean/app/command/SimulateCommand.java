package io.tean.app.command;

import io.tean.core.stream.StreamCatalogue;
import io.tean.simulators.FleetPlan;
import io.tean.simulators.SimulationPlan;
import io.tean.simulators.Simulators;
import io.tean.simulators.city.CityPart;
import io.tean.simulators.city.CityPlan;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Field devices that we do not have: elevators, boilers, filling machines and maintenance crews.",
        footer = {
            "",
            "A first run against a service on this machine:",
            "  tean simulate fleet --folder fleet --elevators 100 --gateways 8",
            "  tean organisation import fleet/organisations.csv",
            "  tean equipment import fleet/equipment.csv",
            "  tean device import fleet/devices.csv --tokens fleet/tokens.csv",
            "  tean simulate run --folder fleet --tokens fleet/tokens.csv"
        })
final class SimulateCommand {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final InstantSource clock = InstantSource.system();

    @Command(
            name = "fleet",
            mixinStandardHelpOptions = true,
            description =
                    "Makes up a fleet: organisations.csv, equipment.csv and devices.csv to import, fleet.yaml to simulate.")
    int fleet(
            @Option(names = "--folder", required = true, paramLabel = "FOLDER", description = "Where to write it.")
                    Path folder,
            @Option(names = "--elevators", defaultValue = "0", description = "Default ${DEFAULT-VALUE}.") int elevators,
            @Option(names = "--boilers", defaultValue = "0", description = "Default ${DEFAULT-VALUE}.") int boilers,
            @Option(names = "--filling-machines", defaultValue = "0", description = "Default ${DEFAULT-VALUE}.")
                    int fillingMachines,
            @Option(
                            names = "--gateways",
                            defaultValue = "0",
                            description =
                                    "Connections that the machines share; 0: each its own. Default ${DEFAULT-VALUE}.")
                    int gateways,
            @Option(
                            names = "--seed",
                            defaultValue = "1",
                            description = "The same seed makes the same fleet. Default ${DEFAULT-VALUE}.")
                    long seed)
            throws IOException {
        try {
            Simulators.writeFleet(new FleetPlan(seed, elevators, boilers, fillingMachines, gateways), folder);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        System.out.println("wrote organisations.csv, equipment.csv, devices.csv and fleet.yaml to " + folder);
        return 0;
    }

    @Command(
            name = "city",
            mixinStandardHelpOptions = true,
            description = {
                "Makes up a city to import: eleven CSV files of machines, people, contracts, cylinders and two years of"
                        + " maintenance and inspection; and truth.jsonl, which tells the gaps planted in it."
            },
            footer = {
                "",
                "Parts: elevators, boilers, pressure-vessels, mobile-pressure-vessels, cranes, forklifts,",
                "tourist-vehicles, amusement-rides, passenger-ropeways, cylinders, filling-stations,",
                "maintenance-firms, use-units, rescue-stations, inspection-bodies."
            })
    int city(
            @Option(names = "--folder", required = true, paramLabel = "FOLDER", description = "Where to write it.")
                    Path folder,
            @Option(
                            names = "--seed",
                            defaultValue = "1",
                            description = "The same seed and day make the same files. Default ${DEFAULT-VALUE}.")
                    long seed,
            @Option(
                            names = "--scale",
                            defaultValue = "1",
                            description =
                                    "Share of a full city of 60,000 elevators and a million cylinders. Default ${DEFAULT-VALUE}.")
                    double scale,
            @Option(
                            names = "--count",
                            paramLabel = "PART=NUMBER",
                            description = "How many of a part, whatever the scale; once for each part.")
                    @Nullable Map<String, Integer> counts,
            @Option(
                            names = "--day",
                            paramLabel = "YYYY-MM-DD",
                            description = "Last day of the history. Default: today in China.")
                    @Nullable LocalDate day,
            @Option(
                            names = "--fleet",
                            paramLabel = "FOLDER",
                            description = "A fleet whose machines and organisations become part of the city.")
                    @Nullable Path fleet)
            throws IOException {
        try {
            Map<CityPart, Integer> explicit = new EnumMap<>(CityPart.class);
            if (counts != null) {
                counts.forEach((part, count) -> explicit.put(CityPart.of(part), count));
            }
            LocalDate last = day == null ? LocalDate.ofInstant(clock.instant(), CHINA) : day;
            Simulators.writeCity(
                    new CityPlan(seed, last, CityPlan.counts(scale, explicit), Optional.ofNullable(fleet)), folder);
            System.out.println("wrote a city as of " + last + " to " + folder);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Lets the fleet live and publish, until its time is over or it is told to stop.")
    int run(
            @Option(names = "--folder", required = true, paramLabel = "FOLDER", description = "The fleet.") Path folder,
            @Option(names = "--tokens", required = true, paramLabel = "FILE", description = "The devices' tokens.")
                    Path tokens,
            @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default ${DEFAULT-VALUE}.")
                    String host,
            @Option(names = "--port", defaultValue = "1883", description = "Default ${DEFAULT-VALUE}.") int port,
            @Option(
                            names = "--speed",
                            defaultValue = "1",
                            description =
                                    "Simulated seconds in a real one: above 1 it starts in the past and ends at now, and needs --for."
                                            + " Default ${DEFAULT-VALUE}.")
                    double speed,
            @Option(
                            names = "--for",
                            paramLabel = "DURATION",
                            description = "How long in real time, such as 90s, 5m or 1h.")
                    @Nullable String length,
            @Option(names = "--faults", paramLabel = "FILE.yaml", description = "A fault script.") @Nullable Path faults,
            @Option(names = "--truth", paramLabel = "FILE", description = "Gets what really happened, as JSON lines.")
                    @Nullable Path truth,
            @Option(
                            names = "--seed",
                            defaultValue = "1",
                            description = "Of what happens by chance. Default ${DEFAULT-VALUE}.")
                    long seed)
            throws IOException {
        Thread fleet = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::interrupt, "tean-stop"));
        try {
            var totals = Simulators.run(
                    new SimulationPlan(
                            folder,
                            tokens,
                            host,
                            port,
                            speed,
                            Optional.ofNullable(length).map(SimulateCommand::duration),
                            Optional.ofNullable(faults),
                            Optional.ofNullable(truth),
                            seed),
                    StreamCatalogue.builtIn(),
                    System.out);
            System.out.println(totals);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "telephones",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the text messages that an SMS gateway would bring to the city's telephones, until it is told to stop.",
            footer = {
                "",
                "As a channel of docs/channels.md:",
                "  {name: telephones, kind: sms, url: 'http://127.0.0.1:8090/', allow: [127.0.0.0/8], encoding: form,",
                "   body: 'to={to}&text={text}', success: {pointer: /code, equals: '0'}, default_for: telephone}"
            })
    int telephones(
            @Option(
                            names = "--port",
                            defaultValue = "8090",
                            description = "On this machine; 0 for a free one. Default ${DEFAULT-VALUE}.")
                    int port)
            throws IOException {
        Thread telephones = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(telephones::interrupt, "tean-stop"));
        try {
            Simulators.answerTelephones(port, System.out);
        } catch (BindException e) {
            throw new CommandException("port " + port + " is taken: stop that program, or say --port");
        }
        return 0;
    }

    private static Duration duration(String text) {
        if (!text.matches("\\d{1,6}[smh]")) {
            throw new CommandException("--for '" + text + "' is not a duration such as 90s, 5m or 1h");
        }
        return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
    }
}
