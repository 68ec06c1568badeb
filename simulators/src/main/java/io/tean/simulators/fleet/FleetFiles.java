package io.tean.simulators.fleet;

import io.tean.simulators.fleet.FleetOrganisations.Organisation;
import io.tean.simulators.machine.Identity;
import io.tean.simulators.machine.MachineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files that hold a fleet: three lists for the register and for device logins, and the machines with their parameters. */
public final class FleetFiles {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private FleetFiles() {}

    public static void write(Fleet fleet, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> equipment = new ArrayList<>();
        equipment.add("code,category,name,division_code,site_address,rescue_code,use_unit");
        FleetOrganisations organisations = new FleetOrganisations(fleet);
        Map<String, String> useUnits = organisations.useUnits();
        for (MachineKind kind : MachineKind.values()) {
            for (Identity identity : fleet.identities(kind)) {
                equipment.add(String.join(
                        ",",
                        identity.code(),
                        kind.word(),
                        identity.name(),
                        identity.division(),
                        identity.address(),
                        identity.rescueCode(),
                        useUnits.getOrDefault(identity.code(), "")));
            }
        }
        Files.write(folder.resolve("equipment.csv"), equipment);
        List<String> devices = new ArrayList<>();
        devices.add("device_id,equipment_code,organisation");
        Map<String, String> operators = organisations.operators();
        fleet.bindings()
                .forEach((device, codes) -> codes.forEach(
                        code -> devices.add(String.join(",", device, code, operators.getOrDefault(device, "")))));
        Files.write(folder.resolve("devices.csv"), devices);
        List<String> lines = new ArrayList<>();
        lines.add("credit_code,kind,name,division_code");
        for (Organisation known : FleetOrganisations.all()) {
            lines.add(String.join(",", known.creditCode(), known.kind(), known.name(), known.division()));
        }
        Files.write(folder.resolve("organisations.csv"), lines);
        Files.writeString(folder.resolve("fleet.yaml"), YAML.writeValueAsString(fleet));
    }

    /**
     * @throws IllegalArgumentException with file, line and column, when the file is no fleet
     */
    public static Fleet read(Path folder) throws IOException {
        Path file = folder.resolve("fleet.yaml");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "no fleet in " + folder + ": fleet.yaml is missing; write a fleet into it first");
        }
        try {
            return YAML.readValue(Files.readString(file), Fleet.class);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String place = at == null || at.getLineNr() < 0
                    ? file.toString()
                    : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new IllegalArgumentException(
                    place + ": " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
        }
    }

    /**
     * Device ids with their tokens, from a CSV with the header {@code device_id,token}.
     *
     * @throws IllegalArgumentException with file and line, when a line is not of that form
     */
    public static Map<String, String> readTokens(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().equals("device_id,token")) {
            throw new IllegalArgumentException(file + ":1: the header must be device_id,token");
        }
        Map<String, String> tokens = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            int comma = line.indexOf(',');
            if (comma <= 0 || comma == line.length() - 1) {
                throw new IllegalArgumentException(file + ":" + (i + 1) + ": needs a device id, a comma and a token");
            }
            tokens.put(line.substring(0, comma), line.substring(comma + 1));
        }
        return tokens;
    }
}
