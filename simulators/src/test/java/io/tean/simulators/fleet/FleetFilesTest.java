package io.tean.simulators.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.equipment.EquipmentCode;
import io.tean.core.organisation.CreditCode;
import io.tean.simulators.machine.FillingTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetFilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_fleet_comes_back_as_it_was_written() throws IOException {
        Fleet fleet = FleetFounder.found(5, 20, 6, 4, 8);

        FleetFiles.write(fleet, folder);

        assertThat(FleetFiles.read(folder)).isEqualTo(fleet);
    }

    @Test
    void the_same_seed_gives_the_same_files() throws IOException {
        FleetFiles.write(FleetFounder.found(5, 20, 6, 4, 8), folder.resolve("a"));
        FleetFiles.write(FleetFounder.found(5, 20, 6, 4, 8), folder.resolve("b"));

        for (String file : List.of("organisations.csv", "equipment.csv", "devices.csv", "fleet.yaml")) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
    }

    @Test
    void every_line_of_the_equipment_list_has_all_columns_and_a_code_of_its_own() throws IOException {
        FleetFiles.write(FleetFounder.found(5, 300, 60, 40, 12), folder);

        List<String> lines = Files.readAllLines(folder.resolve("equipment.csv"));
        assertThat(lines.getFirst()).isEqualTo("code,category,name,division_code,site_address,rescue_code,use_unit");
        assertThat(lines)
                .hasSize(401)
                .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(7));
        assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[0]))
                .doesNotHaveDuplicates()
                .allMatch(EquipmentCode::isWellFormed);
    }

    @Test
    void the_gateways_are_as_many_as_asked_for() {
        assertThat(FleetFounder.found(5, 200, 60, 40, 12).bindings()).hasSize(12);
        assertThat(FleetFounder.found(5, 10, 2, 1, 2).bindings()).hasSize(2);
        assertThat(FleetFounder.found(5, 10, 2, 1, 0).bindings()).hasSize(13);
    }

    @Test
    void with_gateways_an_elevator_is_bound_to_its_firm_as_well() {
        Fleet fleet = FleetFounder.found(5, 40, 6, 4, 8);
        String code = fleet.elevators().getFirst().identity().code();

        assertThat(fleet.bindings().entrySet().stream()
                        .filter(binding -> binding.getValue().contains(code))
                        .map(Map.Entry::getKey))
                .hasSize(2)
                .anyMatch(device -> device.startsWith("firm-"));
    }

    @Test
    void every_organisation_has_a_line_and_a_credit_code_of_its_own() throws IOException {
        FleetFiles.write(FleetFounder.found(5, 20, 6, 4, 8), folder);

        List<String[]> organisations = rows("organisations.csv");
        assertThat(organisations).allSatisfy(cells -> {
            assertThat(cells).hasSize(4);
            assertThat(CreditCode.isWellFormed(cells[0])).isTrue();
        });
        assertThat(organisations).extracting(cells -> cells[0]).doesNotHaveDuplicates();
        assertThat(organisations)
                .extracting(cells -> cells[1])
                .contains("USE_UNIT", "MAINTENANCE_FIRM", "FILLING_STATION");
        assertThat(organisations).extracting(cells -> cells[3]).containsOnly("371302", "371311", "371312");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5, 16, 100})
    void every_machine_and_every_device_belongs_to_one_organisation_of_the_list(int gateways) throws IOException {
        FleetFiles.write(FleetFounder.found(5, 200, 60, 40, gateways), folder);

        Map<String, String> kinds = rows("organisations.csv").stream().collect(Collectors.toMap(c -> c[0], c -> c[1]));
        assertThat(rows("equipment.csv"))
                .allSatisfy(cells -> assertThat(kinds.get(cells[6]))
                        .isEqualTo(cells[1].equals("filling-machine") ? "FILLING_STATION" : "USE_UNIT"));
        Map<String, Set<String>> operators = rows("devices.csv").stream()
                .collect(Collectors.groupingBy(c -> c[0], Collectors.mapping(c -> c[2], Collectors.toSet())));
        assertThat(operators.values()).allSatisfy(of -> assertThat(kinds).containsKeys(of.toArray(String[]::new)));
        assertThat(operators.values()).allSatisfy(of -> assertThat(of).hasSize(1));
    }

    @Test
    void a_gateway_of_elevators_belongs_to_the_firm_that_looks_after_all_of_them() {
        Fleet fleet = FleetFounder.found(5, 200, 60, 40, 16);

        Map<String, String> operators = new FleetOrganisations(fleet).operators();
        assertThat(fleet.elevators()).allSatisfy(lift -> {
            assertThat(operators).containsEntry(lift.device(), lift.upkeep().firmCode());
            assertThat(operators)
                    .containsEntry(lift.upkeep().device(), lift.upkeep().firmCode());
        });
        assertThat(fleet.fillingMachines())
                .allSatisfy(machine -> assertThat(operators).containsEntry(machine.device(), machine.stationCode()));
        assertThat(fleet.elevators().stream()
                        .map(lift -> lift.upkeep().firmCode())
                        .distinct())
                .hasSize(4);
        assertThat(fleet.fillingMachines().stream()
                        .map(FillingTraits::stationCode)
                        .distinct())
                .hasSize(2);
    }

    private List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void an_unknown_key_in_a_fleet_is_told() throws IOException {
        Files.writeString(
                folder.resolve("fleet.yaml"),
                "seed: 1\nelevators: []\nboilers: []\nfilling_machines: []\ncranes: []\n");

        assertThatThrownBy(() -> FleetFiles.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fleet.yaml")
                .hasMessageContaining("cranes");
    }

    @Test
    void a_folder_without_a_fleet_is_told() {
        assertThatThrownBy(() -> FleetFiles.read(folder)).hasMessageContaining("fleet.yaml is missing");
    }

    @Test
    void tokens_are_read_and_a_bad_line_is_told() throws IOException {
        Path file = folder.resolve("tokens.csv");
        Files.writeString(file, "device_id,token\nfirm-01,abc\n");
        assertThat(FleetFiles.readTokens(file)).containsExactly(Map.entry("firm-01", "abc"));

        Files.writeString(file, "device_id,token\nfirm-01\n");
        assertThatThrownBy(() -> FleetFiles.readTokens(file)).hasMessageContaining("tokens.csv:2: needs a device id");
    }
}
