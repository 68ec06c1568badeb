package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.device.DeviceLedger;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import io.tean.register.organisation.OrganisationRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Device logins: who may publish, and for which equipment.")
final class DeviceCommand {
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a device and prints its token, once: only a hash is kept. A known device gets further codes.")
    int add(
            @Parameters(paramLabel = "DEVICE", description = "Its id: the MQTT user name.") String device,
            @Option(
                            names = "--equipment",
                            required = true,
                            split = ",",
                            paramLabel = "CODE",
                            description = "Equipment codes that it may publish for; they need not be registered yet.")
                    List<String> codes,
            @Option(
                            names = "--organisation",
                            paramLabel = "CREDIT_CODE",
                            description = "Who runs it: a registered organisation.")
                    @Nullable String organisation) {
        try (HikariDataSource database = Tean.database()) {
            Optional<String> token = new DeviceLedger(database)
                    .add(device, new Enrolment(codes(codes), Optional.ofNullable(organisation)), Actor.command());
            if (token.isPresent()) {
                System.out.println(token.get());
            } else {
                System.err.println(
                        "tean: device " + device + " was there already; its codes were added, its token is unchanged");
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Adds many devices from a CSV file with lines device_id,equipment_code and optionally organisation, and"
                            + " writes the tokens of the new ones to a file that only you can read.")
    int importFile(
            @Parameters(paramLabel = "FILE.csv") Path file,
            @Option(
                            names = "--tokens",
                            required = true,
                            paramLabel = "FILE",
                            description = "Gets lines device_id,token; added to.")
                    Path tokens)
            throws IOException {
        try (HikariDataSource database = Tean.database()) {
            OrganisationRegister organisations = new OrganisationRegister(database);
            Map<String, Enrolment> devices = DeviceFile.read(
                    file, creditCode -> organisations.find(creditCode).isPresent());
            Map<String, Optional<String>> added = new DeviceLedger(database).addAll(devices, Actor.command());
            StringBuilder lines = new StringBuilder();
            added.forEach((device, token) -> token.ifPresent(
                    t -> lines.append(device).append(',').append(t).append('\n')));
            if (!Files.exists(tokens)) {
                Files.createFile(
                        tokens, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(tokens, "device_id,token\n");
            }
            Files.writeString(tokens, lines, StandardOpenOption.APPEND);
            long fresh = added.values().stream().filter(Optional::isPresent).count();
            System.out.printf("%d devices added, %d were there already%n", fresh, added.size() - fresh);
            return 0;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Prints the devices and their equipment as CSV.")
    int list() {
        try (HikariDataSource database = Tean.database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row("device_id", "organisation", "added_at", "disabled_at", "equipment_codes");
            for (var device : new DeviceLedger(database).list()) {
                csv.row(
                        device.deviceId(),
                        device.organisation().orElse(""),
                        device.addedAt().toString(),
                        device.disabledAt().map(Object::toString).orElse(""),
                        String.join(" ", device.equipmentCodes()));
            }
            return 0;
        }
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Ends a device's right to connect; an open session ends within seconds.")
    int disable(@Parameters(paramLabel = "DEVICE") String device) {
        try (HikariDataSource database = Tean.database()) {
            boolean done = new DeviceLedger(database).disable(device, Actor.command());
            System.out.println("device " + device + (done ? " is disabled" : " was disabled already"));
            return 0;
        }
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Gives a disabled device its right to connect back, with the token that it had.")
    int enable(@Parameters(paramLabel = "DEVICE") String device) {
        try (HikariDataSource database = Tean.database()) {
            boolean done = new DeviceLedger(database).enable(device, Actor.command());
            System.out.println("device " + device + (done ? " is enabled" : " was not disabled"));
            return 0;
        }
    }

    @Command(
            name = "renew-token",
            mixinStandardHelpOptions = true,
            description =
                    "Gives a device another token and prints it, once. The old one opens nothing any more; an open session"
                            + " ends within seconds.")
    int renewToken(@Parameters(paramLabel = "DEVICE") String device) {
        try (HikariDataSource database = Tean.database()) {
            System.out.println(new DeviceLedger(database).renewToken(device, Actor.command()));
            return 0;
        }
    }

    private static List<EquipmentCode> codes(List<String> codes) {
        List<EquipmentCode> checked = new ArrayList<>();
        for (String code : codes) {
            if (!EquipmentCode.isWellFormed(code)) {
                throw new CommandException("equipment code '" + code + "' is not 3 to 32 letters, digits or hyphens");
            }
            checked.add(new EquipmentCode(code));
        }
        return checked;
    }
}
