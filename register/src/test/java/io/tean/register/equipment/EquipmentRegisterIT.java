package io.tean.register.equipment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tean.core.store.TestDatabase;
import io.tean.register.RegisterException;
import io.tean.register.equipment.EquipmentRegister.Equipment;
import io.tean.register.equipment.EquipmentRegister.Imported;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EquipmentRegisterIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final EquipmentRegister REGISTER = new EquipmentRegister(DATABASE.pool());
    private static final String HEADER = "code,category,name,division_code,site_address,rescue_code\n";
    private static final String LIFT = "31103713002020120001,elevator,1号梯,371302,\"北城路 1 号, 3 单元\",371001\n";

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM equipment");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_machine_is_listed_as_it_was_imported() throws IOException {
        assertThat(load(HEADER + LIFT)).isEqualTo(new Imported(1, 0, 0));
        assertThat(REGISTER.list(Optional.empty()))
                .containsExactly(new Equipment(
                        "31103713002020120001",
                        "elevator",
                        "1号梯",
                        Optional.of("371302"),
                        Optional.of("北城路 1 号, 3 单元"),
                        Optional.of("371001")));
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        load(HEADER + LIFT);
        long id = DATABASE.number("SELECT equipment_id FROM equipment");
        assertThat(load(HEADER + LIFT)).isEqualTo(new Imported(0, 0, 1));
        assertThat(load(HEADER + LIFT.replace("1号梯", "2号梯"))).isEqualTo(new Imported(0, 1, 0));
        assertThat(DATABASE.number("SELECT equipment_id FROM equipment")).isEqualTo(id);
    }

    @Test
    void columns_may_be_left_out_and_stand_in_any_order() throws IOException {
        load("name,code,category\n锅炉,B-1,boiler\n");
        assertThat(REGISTER.list(Optional.of("boiler")))
                .containsExactly(
                        new Equipment("B-1", "boiler", "锅炉", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(REGISTER.list(Optional.of("elevator"))).isEmpty();
    }

    @Test
    void a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm() throws IOException {
        assertThat(load("\uFEFF" + (HEADER + LIFT).replace("\n", "\r\n"))).isEqualTo(new Imported(1, 0, 0));
    }

    @Test
    void every_problem_of_every_row_is_told_and_nothing_is_imported() throws IOException {
        Path file = write(HEADER + LIFT + "x,Elevator,,3713,,12\n" + LIFT, UTF_8);
        assertThatThrownBy(() -> REGISTER.importFile(file))
                .isInstanceOf(RegisterException.class)
                .hasMessageContainingAll(
                        file + ": row 3: code 'x' is not 3 to 32 letters, digits or hyphens",
                        "row 3: category 'Elevator' is not a category",
                        "row 3: name '' must have 1 to 200 characters",
                        "row 3: division_code '3713' is not 6 digits",
                        "row 3: rescue_code '12' is not 5 to 7 digits",
                        "row 4: code '31103713002020120001' stands in row 2 already",
                        "nothing was imported");
        assertThat(REGISTER.list(Optional.empty())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void a_file_that_is_no_list_of_machines_is_refused(String problem, String text, Charset charset)
            throws IOException {
        Path file = write(text, charset);
        assertThatThrownBy(() -> REGISTER.importFile(file))
                .isInstanceOf(RegisterException.class)
                .hasMessageContainingAll(file.toString(), problem);
        assertThat(REGISTER.list(Optional.empty())).isEmpty();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                arguments("column category is missing", "code,name\nB-1,x\n", UTF_8),
                arguments("column code is missing", "", UTF_8),
                arguments("unknown columns [colour]", "code,category,name,colour\nB-1,boiler,x,red\n", UTF_8),
                arguments("is not UTF-8", HEADER + "B-1,boiler,\u00e9\n", ISO_8859_1),
                arguments("cannot read", HEADER + "B-1,boiler,\"open\n", UTF_8),
                arguments("holds a zero character", HEADER + "B-1,boiler,a\0b\n", UTF_8));
    }

    @Test
    void a_file_that_is_missing_is_named() {
        assertThatThrownBy(() -> REGISTER.importFile(folder.resolve("nowhere.csv")))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("nowhere.csv");
    }

    @Test
    void hostile_text_is_kept_as_it_is() throws IOException {
        String hostile = "'); DROP TABLE equipment; -- \\N \u202E😀";
        load(HEADER + "B-1,boiler," + hostile + ",,,\n");
        assertThat(REGISTER.list(Optional.empty()))
                .singleElement()
                .extracting(Equipment::name)
                .isEqualTo(hostile);
    }

    @Test
    void a_new_machine_tells_the_service_that_its_directory_is_out_of_date() throws IOException {
        load(HEADER + LIFT);
        long revision = DATABASE.number("SELECT revision FROM directory_revision");
        load(HEADER + LIFT + "B-1,boiler,x,,,\n");
        assertThat(DATABASE.number("SELECT revision FROM directory_revision")).isGreaterThan(revision);
    }

    private Imported load(String text) throws IOException {
        return REGISTER.importFile(write(text, UTF_8));
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("machines.csv"), text.getBytes(charset));
    }
}
