package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.equipment.EquipmentCode;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceFileTest {
    @TempDir
    Path folder;

    @Test
    void a_device_has_the_equipment_of_all_its_rows_and_the_organisation_of_any() throws IOException {
        assertThat(read("device_id,equipment_code,organisation\nd1,EQ-1,\nd1,EQ-2,FIRM\nd2,EQ-1,\n"))
                .isEqualTo(Map.of(
                        "d1",
                        new Enrolment(
                                List.of(new EquipmentCode("EQ-1"), new EquipmentCode("EQ-2")), Optional.of("FIRM")),
                        "d2",
                        Enrolment.of(List.of(new EquipmentCode("EQ-1")))));
    }

    @Test
    void the_organisation_and_the_headings_may_be_left_out() throws IOException {
        assertThat(read("d1,EQ-1\r\n")).isEqualTo(Map.of("d1", Enrolment.of(List.of(new EquipmentCode("EQ-1")))));
    }

    @Test
    void every_problem_is_told_with_its_row() {
        assertThatThrownBy(() -> read("d1,EQ-1,FIRM\nd1,?\nd2,EQ-1,nobody\n\nd3\n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(
                        "devices.csv: row 2: 'd1,?' is not device_id,equipment_code",
                        "row 3: organisation 'nobody' is the credit code of none that is registered",
                        "row 5: 'd3' is not",
                        "no device was added");
    }

    @Test
    void a_device_of_two_organisations_is_refused() {
        assertThatThrownBy(() -> read("d1,EQ-1,FIRM\nd1,EQ-2,OTHER FIRM\n"))
                .hasMessageContaining(
                        "row 2: organisation 'OTHER FIRM' is not the one of an earlier row of device d1, 'FIRM'");
    }

    private Map<String, Enrolment> read(String text) throws IOException {
        return DeviceFile.read(Files.writeString(folder.resolve("devices.csv"), text), code -> code.endsWith("FIRM"));
    }
}
