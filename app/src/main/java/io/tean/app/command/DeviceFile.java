package io.tean.app.command;

import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The devices of a CSV file with lines device_id,equipment_code and optionally organisation; a device may have many lines. */
final class DeviceFile {
    private static final int MOST_PROBLEMS = 1_000;

    private final Path file;
    private final Predicate<String> isOrganisation;
    private final Map<String, Boolean> organisations = new HashMap<>();
    private final Map<String, List<EquipmentCode>> codes = new LinkedHashMap<>();
    private final Map<String, String> operators = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private DeviceFile(Path file, Predicate<String> isOrganisation) {
        this.file = file;
        this.isOrganisation = isOrganisation;
    }

    /**
     * @param isOrganisation whether an organisation with this credit code is registered; asked once for each
     * @throws CommandException with every problem of every row, one a line
     */
    static Map<String, Enrolment> read(Path file, Predicate<String> isOrganisation) throws IOException {
        DeviceFile devices = new DeviceFile(file, isOrganisation);
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\uFEFF", "").strip();
            if (!line.isEmpty() && !line.startsWith("device_id,equipment_code")) {
                devices.row(i + 1, line);
            }
        }
        return devices.enrolments();
    }

    private void row(int number, String line) {
        String[] cells = line.split(",", -1);
        boolean wellFormed = cells.length == 2 || cells.length == 3;
        if (!wellFormed || !EquipmentCode.isWellFormed(cells[1].strip())) {
            problem(number, "'" + line + "' is not device_id,equipment_code or device_id,equipment_code,organisation");
            return;
        }
        String device = cells[0].strip();
        codes.computeIfAbsent(device, d -> new ArrayList<>()).add(new EquipmentCode(cells[1].strip()));
        String organisation = cells.length == 3 ? cells[2].strip() : "";
        if (organisation.isEmpty()) {
            return;
        }
        if (!organisations.computeIfAbsent(organisation, isOrganisation::test)) {
            problem(
                    number,
                    "organisation '" + organisation
                            + "' is the credit code of none that is registered; bin/tean organisation import adds it");
        }
        String before = operators.putIfAbsent(device, organisation);
        if (before != null && !before.equals(organisation)) {
            problem(
                    number,
                    "organisation '" + organisation + "' is not the one of an earlier row of device " + device + ", '"
                            + before + "'");
        }
    }

    private void problem(int row, String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(file + ": row " + row + ": " + problem);
        }
    }

    private Map<String, Enrolment> enrolments() {
        if (!problems.isEmpty()) {
            throw new CommandException(String.join(System.lineSeparator(), problems) + System.lineSeparator() + file
                    + ": no device was added, correct the rows and import the file again");
        }
        Map<String, Enrolment> devices = new LinkedHashMap<>();
        codes.forEach((device, bound) ->
                devices.put(device, new Enrolment(bound, Optional.ofNullable(operators.get(device)))));
        return devices;
    }
}
