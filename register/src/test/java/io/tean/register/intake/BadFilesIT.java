package io.tean.register.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tean.core.audit.Actor;
import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import io.tean.register.RegisterException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people send that cannot be taken in, or not all of it. */
class BadFilesIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Intake INTAKE = new Intake(DATABASE);
    private static final String FIRM = CreditCode.beginning("91371300MA0000001").text();
    private static final String LIFT = "31103713002020120001";
    private static final String NEXT = "31103713002020120002";
    private static final String MACHINES = "code,category,name,latitude,longitude,made_on,in_use_since,use_unit\n";
    private static final String CONTRACTS = "contract_no,equipment_code,firm,valid_from,valid_to\n";

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "TRUNCATE equipment, organisation, cylinder, equipment_state, contract, import_run, import_problem, audit_entry CASCADE");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    static Stream<Arguments> badRows() {
        return Stream.of(
                arguments("1110,elevator,x,,,,,", "2 code 1110 has 4 characters; an equipment code has 17 or 18"),
                arguments("三号,elevator,x,,,,,", "2 code 三号 is not 3 to 32 letters, digits or hyphens"),
                arguments("3.1103713002E+19,elevator,x,,,,,", "is a number that the spreadsheet has rounded"),
                arguments(LIFT + ",lift,x,,,,,", "2 category lift is none of elevator, boiler,"),
                arguments(LIFT + ",elevator,,,,,,", "2 name  must be filled"),
                arguments(LIFT + ",elevator," + "长".repeat(201) + ",,,,,", "must have 1 to 200 characters"),
                arguments(
                        LIFT + ",elevator,x,118.35,35.05,,,",
                        "2 latitude 118.35 is a longitude in the column of the latitude"),
                arguments(LIFT + ",elevator,x,35.05,-118,,,", "2 longitude -118 is no longitude of China, 73 to 136"),
                arguments(LIFT + ",elevator,x,35.05,,,,", "2 latitude 35.05 must stand together with the longitude"),
                arguments(LIFT + ",elevator,x,,,1949-12-31,,", "2 made_on 1949-12-31 is before 1950-01-01"),
                arguments(LIFT + ",elevator,x,,,2026-11-23,,", "2 made_on 2026-11-23 is in the future"),
                arguments(LIFT + ",elevator,x,,,2026-02-30,,", "2 made_on 2026-02-30 is not a day of the calendar"),
                arguments(LIFT + ",elevator,x,,,soon,,", "2 made_on soon is not a day such as 2026-11-22"),
                arguments(
                        LIFT + ",elevator,x,,,2020-02-01,2020-01-01,",
                        "2 in_use_since 2020-01-01 is before made_on 2020-02-01"),
                arguments(
                        LIFT + ",elevator,x,,,,," + FIRM,
                        "2 use_unit " + FIRM + " is the credit code of no organisation"),
                arguments(LIFT + ",elevator,=1+1,,,,,", "2 name =1+1 begins with '=' like a formula"),
                arguments(LIFT + ",elevator,@SUM(A1),,,,,", "2 name @SUM(A1) begins with '@' like a formula"),
                arguments(
                        LIFT + ",elevator,x,,,,,,,",
                        "2 code " + LIFT + " stands in a row of 10 cells under 8 headings"),
                arguments(LIFT + ",elevator,a\0b,,,,,", "holds a zero character"));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void a_bad_row_is_told_with_its_value_and_leaves_nothing(String row, String problem) throws IOException {
        Imported done = INTAKE.load("equipment", MACHINES + row + "\n" + NEXT + ",elevator,好,,,,,\n");
        assertThat(INTAKE.problems(done)).contains(problem);
        assertThat(Intake.counts(done)).containsExactly(0L, 0L, 0L, 1L);
        assertThat(DATABASE.number("SELECT count(*) FROM equipment")).isZero();
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
        assertThat(DATABASE.text("SELECT state FROM import_run")).isEqualTo("REFUSED");
    }

    static Stream<Arguments> badFiles() {
        Charset gbk = Charset.forName("GBK");
        return Stream.of(
                arguments("the file is not UTF-8 (after row 0), perhaps GBK", "设备代码,设备种类,设备名称\n", gbk),
                arguments("the file is not UTF-8", "code,category,name\n" + LIFT + ",elevator,一号梯\n", gbk),
                arguments("the file is not UTF-8", "code,category,name\n", Charset.forName("UTF-16")),
                arguments("row 1: column category is missing", "code,name\n", UTF_8),
                arguments("row 1: column code is missing", "", UTF_8),
                arguments("row 1: unknown columns [colour]", "code,category,name,colour\n", UTF_8),
                arguments("row 1: column 设备代码 stands there twice", "code,category,name,设备代码\n", UTF_8),
                arguments("cannot read the file after row 1", "code,category,name\nx,\"open\n", UTF_8),
                arguments(
                        "a row has more than 1000000 characters; perhaps a quotation mark is not closed",
                        "code,category,name\nx,boiler,\"" + "x,y\n".repeat(300_000),
                        UTF_8));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void a_file_that_cannot_be_read_is_refused_as_a_whole(String problem, String text, Charset charset)
            throws IOException {
        Path file = Files.write(folder.resolve("machines.csv"), text.getBytes(charset));
        Imported done = INTAKE.load("equipment", file, ImportMode.ACCEPT_GOOD);
        assertThat(done.problem())
                .hasValueSatisfying(
                        told -> assertThat(told).startsWith("machines.csv: ").contains(problem));
        assertThat(DATABASE.number("SELECT count(*) FROM equipment")).isZero();
        assertThat(DATABASE.text("SELECT state FROM import_run")).isEqualTo("REFUSED");
    }

    @Test
    void a_file_in_gbk_whose_first_rows_are_plain_is_not_half_imported() throws IOException {
        Path file = folder.resolve("machines.csv");
        StringBuilder text = new StringBuilder("code,category,name\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(31_103_713_002_020_000L + i).append(",elevator,x\n");
        }
        Files.write(file, (text + LIFT + ",elevator,一号梯\n").getBytes(Charset.forName("GB18030")));
        Imported done = INTAKE.load("equipment", file, ImportMode.ACCEPT_GOOD);
        assertThat(done.problem()).hasValueSatisfying(told -> assertThat(told).contains("save it as \"CSV UTF-8\""));
        assertThat(DATABASE.number("SELECT count(*) FROM equipment")).isZero();
    }

    @Test
    void an_xlsx_that_is_none_and_one_that_unpacks_to_gigabytes_are_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.xlsx"), "code,category,name\n");
        assertThat(INTAKE.load("equipment", text, ImportMode.ALL_OR_NOTHING).problem())
                .hasValueSatisfying(told -> assertThat(told).contains("the file is no XLSX"));
        Path bomb = folder.resolve("bomb.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                zip.write(zeros);
            }
        }
        assertThat(INTAKE.load("equipment", bomb, ImportMode.ALL_OR_NOTHING).problem())
                .hasValueSatisfying(told -> assertThat(told).contains("unpacks to more than can be read"));
    }

    @Test
    void codes_twice_in_a_file_are_told_with_the_row_of_the_first() throws IOException {
        String row = LIFT + ",elevator,x,,,,,\n";
        Imported done = INTAKE.load(
                "equipment", MACHINES + row + "a-1,filling-machine,x,,,,,\n" + row + "A-1,filling-machine,x,,,,,\n");
        assertThat(INTAKE.problems(done))
                .isEqualTo("4 code " + LIFT + " stands in row 2 already\n5 code A-1 stands in row 3 already");
    }

    @Test
    void a_code_that_an_earlier_file_registered_in_another_form_is_refused() throws IOException {
        INTAKE.good("equipment", MACHINES + "a-1,filling-machine,x,,,,,\n");
        assertThat(INTAKE.problems(INTAKE.load("equipment", MACHINES + "A-1,filling-machine,x,,,,,\n")))
                .isEqualTo("2 code A-1 is registered already as 'a-1', which is the same code in another form");
    }

    @Test
    void an_unknown_firm_and_an_unknown_machine_are_told_together() throws IOException {
        Imported done = INTAKE.load("contracts", CONTRACTS + "H-1," + LIFT + "," + FIRM + ",2026-12-01,2026-01-01\n");
        assertThat(INTAKE.problems(done))
                .contains(
                        "2 equipment_code " + LIFT + " is the code of no machine that is registered",
                        "2 firm " + FIRM + " is the credit code of no organisation that is registered",
                        "2 valid_to 2026-01-01 is before valid_from 2026-12-01");
        assertThat(done.refused()).isOne();
    }

    @Test
    void the_good_rows_are_taken_in_when_that_is_wanted_and_the_rest_can_be_corrected_and_sent_again()
            throws IOException {
        Imported done = INTAKE.load(
                "equipment",
                MACHINES + LIFT + ",elevator,好,,,,,\n" + NEXT + ",elevator,\"-坏, 梯\",118,35,,," + FIRM + "\n",
                ImportMode.ACCEPT_GOOD);
        assertThat(Intake.counts(done)).containsExactly(1L, 0L, 0L, 1L);
        assertThat(DATABASE.text("SELECT state FROM import_run")).isEqualTo("DONE");
        String corrections = INTAKE.corrections(done);
        assertThat(corrections).startsWith("\uFEFF设备代码,").contains(",错误\r\n", "'-坏, 梯", "latitude is a longitude");
        String corrected =
                corrections.replace("'-坏, 梯", "梯").replace("118,35", "35,118").replace(FIRM, "");
        assertThat(Intake.counts(INTAKE.good("equipment", corrected))).containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void whoever_runs_it_by_hand_is_told_every_problem_of_every_row() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.csv"), MACHINES + "x,Lift,,,,,,\n" + LIFT + ",elevator,x,,,,," + FIRM + "\n");
        assertThatThrownBy(() -> INTAKE.imports().runWhole("equipment", file, Actor.command()))
                .isInstanceOf(RegisterException.class)
                .hasMessageContainingAll(
                        file + ": row 2: code 'x' is not 3 to 32 letters, digits or hyphens",
                        "row 2: category 'Lift' is none of",
                        "row 2: name '' must be filled",
                        "row 3: use_unit '" + FIRM + "' is the credit code of no organisation",
                        "nothing was imported, correct the rows and import the file again");
    }

    @Test
    void a_file_that_is_missing_or_of_an_unknown_kind_is_named() {
        assertThatThrownBy(() -> INTAKE.imports().runWhole("equipment", folder.resolve("nowhere.csv"), Actor.command()))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("nowhere.csv");
        assertThatThrownBy(() -> INTAKE.imports().runWhole("cars", folder, Actor.command()))
                .hasMessageContaining("'cars' is none of the kinds organisations, equipment,");
    }

    @Test
    void a_database_that_fails_leaves_a_run_that_says_so_and_nothing_else() throws IOException {
        Intake failing = new Intake(DATABASE, (transaction, kind, importId) -> {
            throw new java.sql.SQLException("the judge is not at home");
        });
        assertThatThrownBy(() -> failing.load("equipment", MACHINES + LIFT + ",elevator,x,,,,,\n"))
                .hasMessageContaining("the judge is not at home");
        assertThat(DATABASE.number("SELECT count(*) FROM equipment")).isZero();
        assertThat(DATABASE.text("SELECT state || ' ' || problem FROM import_run"))
                .isEqualTo("FAILED the judge is not at home");
    }

    @Test
    void a_file_of_a_hundred_megabytes_is_read_in_little_memory_and_its_progress_is_seen() throws IOException {
        Path file = folder.resolve("large.csv");
        String note = "好".repeat(300);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("credit_code,kind,name\n".getBytes(UTF_8));
            byte[] row = ("nobody,USE_UNIT," + note + "\n").getBytes(UTF_8);
            for (int i = 0; i < 115_000; i++) {
                out.write(row);
            }
        }
        List<Long> seen = new ArrayList<>();
        var request = ImportRequest.of("organisations", file, "large.csv", ImportMode.ALL_OR_NOTHING, Actor.command());
        Imported done = INTAKE.imports().run(request, (bytesRead, bytes, rows) -> seen.add(bytesRead * 100 / bytes));
        assertThat(Files.size(file)).isGreaterThan(100_000_000);
        assertThat(done.refused()).isEqualTo(115_000);
        assertThat(seen).isSorted().endsWith(100L);
        assertThat(DATABASE.number("SELECT count(*) FROM import_problem")).isEqualTo(ImportRun.MOST_PROBLEMS);
        assertThat(DATABASE.number("SELECT bytes - bytes_read FROM import_run")).isZero();
        assertThat(DATABASE.number("SELECT count(*) FROM organisation")).isZero();
    }
}
