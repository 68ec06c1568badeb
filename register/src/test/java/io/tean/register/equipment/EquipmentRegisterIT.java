package io.tean.register.equipment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tean.core.audit.Actor;
import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import io.tean.register.RegisterException;
import io.tean.register.equipment.EquipmentRegister.Equipment;
import io.tean.register.intake.Imported;
import io.tean.register.organisation.Organisation;
import io.tean.register.organisation.OrganisationKind;
import io.tean.register.organisation.OrganisationRegister;
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

    private static final String WITH_USE_UNIT = "code,category,name,use_unit\n";
    private static final String HOTEL =
            CreditCode.beginning("91371300MA0000001").text();
    private static final String SCHOOL =
            CreditCode.beginning("91371300MA0000002").text();

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM equipment");
        DATABASE.execute("DELETE FROM organisation");
        DATABASE.execute("TRUNCATE audit_entry");
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
                        Optional.of("371001"),
                        Optional.empty()));
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
                .containsExactly(new Equipment(
                        "B-1", "boiler", "锅炉", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(REGISTER.list(Optional.of("elevator"))).isEmpty();
    }

    @Test
    void a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm() throws IOException {
        assertThat(load("\uFEFF" + (HEADER + LIFT).replace("\n", "\r\n"))).isEqualTo(new Imported(1, 0, 0));
    }

    @Test
    void every_problem_of_every_row_is_told_and_nothing_is_imported() throws IOException {
        Path file = write(HEADER + LIFT + "x,Elevator,,3713,,12\n" + LIFT, UTF_8);
        assertThatThrownBy(() -> REGISTER.importFile(file, Actor.command()))
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
        assertThatThrownBy(() -> REGISTER.importFile(file, Actor.command()))
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
        assertThatThrownBy(() -> REGISTER.importFile(folder.resolve("nowhere.csv"), Actor.command()))
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

    @Test
    void a_machine_has_the_use_unit_that_the_file_names() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,boiler,锅炉," + HOTEL + "\nB-2,boiler,锅炉,\n");
        assertThat(REGISTER.list(Optional.empty()))
                .extracting(Equipment::useUnit)
                .containsExactly(Optional.of(HOTEL), Optional.empty());
    }

    @Test
    void a_use_unit_that_is_not_registered_is_told_with_the_other_problems() throws IOException {
        Path file = write(WITH_USE_UNIT + "B-1,boiler,x," + HOTEL + "\nB-2,Boiler,x," + SCHOOL + "\n", UTF_8);
        assertThatThrownBy(() -> REGISTER.importFile(file, Actor.command()))
                .hasMessageContainingAll(
                        file + ": row 2: use_unit '" + HOTEL + "' is the credit code of no organisation",
                        "row 3: category 'Boiler' is not a category",
                        "row 3: use_unit '" + SCHOOL + "' is the credit code of no organisation");
        assertThat(REGISTER.list(Optional.empty())).isEmpty();
    }

    @Test
    void what_a_file_has_no_column_for_stays_and_an_empty_cell_takes_it_away() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,boiler,x," + HOTEL + "\n");
        assertThat(load("code,category,name\nB-1,boiler,y\n")).isEqualTo(new Imported(0, 1, 0));
        assertThat(useUnitOf("B-1")).contains(HOTEL);
        load(WITH_USE_UNIT + "B-1,boiler,y,\n");
        assertThat(useUnitOf("B-1")).isEmpty();
    }

    @Test
    void a_new_machine_has_an_audit_entry_that_its_use_unit_may_read() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,boiler,锅炉," + HOTEL + "\n");
        assertThat(entries())
                .isEqualTo("command equipment.add equipment B-1 " + HOTEL
                        + " none {\"category\":\"boiler\",\"name\":\"锅炉\",\"use_unit\":\"" + HOTEL + "\"}");
    }

    @Test
    void a_change_is_audited_with_what_changed_and_an_unchanged_row_is_not() throws IOException {
        useUnit(HOTEL);
        useUnit(SCHOOL);
        String other = "B-2,boiler,z,\n";
        load(WITH_USE_UNIT + "B-1,boiler,x," + HOTEL + "\n" + other);
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,boiler,y," + SCHOOL + "\n" + other);
        assertThat(entries())
                .isEqualTo("command equipment.change equipment B-1 " + SCHOOL + " {\"name\":\"x\",\"use_unit\":\""
                        + HOTEL + "\"} {\"name\":\"y\",\"use_unit\":\"" + SCHOOL + "\"}");
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,boiler,y," + SCHOOL + "\n" + other);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    @Test
    void a_machine_that_is_taken_from_its_use_unit_leaves_it_the_entry() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,boiler,x," + HOTEL + "\n");
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,boiler,x,\n");
        assertThat(entries()).contains(HOTEL + " {\"use_unit\":\"" + HOTEL + "\"} {\"use_unit\":\"\"}");
    }

    @Test
    void a_refused_file_leaves_no_audit_entry() throws IOException {
        Path file = write(HEADER + LIFT + "x,elevator,x,,,\n", UTF_8);
        assertThatThrownBy(() -> REGISTER.importFile(file, Actor.command())).isInstanceOf(RegisterException.class);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    private static void useUnit(String code) {
        new OrganisationRegister(DATABASE.pool())
                .add(
                        new Organisation(new CreditCode(code), OrganisationKind.USE_UNIT, "单位", Optional.empty()),
                        Actor.command());
        DATABASE.execute("TRUNCATE audit_entry");
    }

    private static Optional<String> useUnitOf(String code) {
        return REGISTER.list(Optional.empty()).stream()
                .filter(machine -> machine.code().equals(code))
                .findFirst()
                .flatMap(Equipment::useUnit);
    }

    private static String entries() {
        return DATABASE.text("""
                SELECT string_agg(concat_ws(' ', actor_kind, action, subject_kind, subject, credit_code,
                    coalesce(before::text, 'none'), after::text), E'\\n' ORDER BY audit_id)
                FROM audit_entry LEFT JOIN organisation USING (organisation_id)
                """);
    }

    private Imported load(String text) throws IOException {
        return REGISTER.importFile(write(text, UTF_8), Actor.command());
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("machines.csv"), text.getBytes(charset));
    }
}
