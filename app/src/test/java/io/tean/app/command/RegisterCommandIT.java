package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by the command line: an empty one, in, refused, corrected, and out again. */
class RegisterCommandIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String UNIT = CreditCode.beginning("91371300MA3C1A2B3").text();

    @TempDir
    Path folder;

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_template_that_is_filled_is_imported_and_exported_as_it_was() throws Exception {
        Path file = folder.resolve("equipment.csv");
        assertThat(tean("register", "template", "equipment", path(file))).isEqualTo(new Ran(0, List.of()));
        List<String> headings = cells(Files.readAllLines(file).getFirst());
        assertThat(headings).startsWith("设备代码", "设备种类", "设备名称").contains("使用地点", "出厂编号");
        Files.writeString(
                file,
                row(headings, "设备代码", "T-ELV-00000000001", "设备种类", "电梯", "设备名称", "一号梯", "使用地点", "=1+1", "出厂编号", "@x"),
                StandardOpenOption.APPEND);
        assertThat(tean("register", "import", "equipment", path(file)).exit()).isZero();
        assertThat(DATABASE.text("SELECT category || name || site_address FROM equipment WHERE code = 'T-ELV-00000000001'"))
                .isEqualTo("elevator一号梯=1+1");
        assertThat(DATABASE.text("SELECT actor_kind FROM audit_entry WHERE subject = 'T-ELV-00000000001'"))
                .isEqualTo("command");

        Path out = folder.resolve("out.csv");
        assertThat(tean("register", "export", "equipment", path(out), "--english")
                        .exit())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.getFirst()).startsWith("\uFEFFcode,category,name,");
        assertThat(lines)
                .as("a spreadsheet would calculate it")
                .filteredOn(line -> line.startsWith("T-ELV-00000000001,elevator,一号梯,"))
                .singleElement()
                .asString()
                .contains(",'=1+1,", ",'@x,");
        assertThat(tean("register", "import", "equipment", path(out)).lines())
                .as("what was exported changes nothing")
                .anySatisfy(line -> assertThat(line).startsWith("0 added, 0 changed, "));
        assertThat(DATABASE.text("SELECT site_address FROM equipment WHERE code = 'T-ELV-00000000001'"))
                .isEqualTo("=1+1");
    }

    @Test
    void a_wrong_row_refuses_all_of_the_file_and_the_corrections_say_why() throws Exception {
        Path file = write("machines.csv", "code,category,name\nT-BOI-00000000001,boiler,一号炉\nT-BOI-00000000002,toaster,二号炉\n");
        Path errors = folder.resolve("errors.csv");
        Ran refused = tean("register", "import", "equipment", path(file), "--errors", path(errors));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.lines())
                .contains("0 added, 0 changed, 0 unchanged, 1 refused")
                .anySatisfy(line -> assertThat(line).contains("machines.csv: row 3: category 'toaster' "))
                .last()
                .asString()
                .endsWith("nothing was imported, correct the rows and import the file again");
        assertThat(number("T-BOI-%")).isZero();
        assertThat(Files.readAllLines(errors))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("T-BOI-00000000002,toaster,二号炉,")
                .contains("category ");
    }

    @Test
    void the_good_rows_of_a_file_are_taken_in_and_the_corrected_ones_follow() throws Exception {
        Path file = write("cranes.csv", "code,category,name\nT-CRA-00000000001,crane,一号\nT-CRA-00000000002,toaster,二号\n");
        Path errors = folder.resolve("errors.csv");
        Ran some = tean("register", "import", "equipment", path(file), "--accept-good", "--errors", path(errors));
        assertThat(some.exit()).isEqualTo(1);
        assertThat(some.lines())
                .contains("1 added, 0 changed, 0 unchanged, 1 refused")
                .last()
                .asString()
                .endsWith("1 rows were refused, correct them and import them again");
        assertThat(number("T-CRA-%")).isEqualTo(1);
        Files.writeString(errors, Files.readString(errors).replace("toaster", "crane"));
        assertThat(tean("register", "import", "equipment", path(errors)).exit()).isZero();
        assertThat(number("T-CRA-%")).isEqualTo(2);
    }

    @Test
    void a_folder_is_taken_in_in_the_order_in_which_the_kinds_build_on_each_other() throws Exception {
        write("equipment.csv", "code,category,name,use_unit\nT-FOL-00000000001,crane,吊车," + UNIT + "\n");
        write("organisations.csv", "credit_code,kind,name\n" + UNIT + ",USE_UNIT,码头公司\n");
        Ran ran = tean("register", "import-folder", path(folder));
        assertThat(ran.lines())
                .startsWith(
                        "organisations.csv: 1 added, 0 changed, 0 unchanged",
                        "equipment.csv: 1 added, 0 changed, 0 unchanged");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void what_cannot_be_used_is_one_line_and_exit_code_1() throws Exception {
        Path gbk = folder.resolve("gbk.csv");
        Files.write(gbk, "设备代码,设备种类,设备名称\nT-GBK-00000000001,电梯,一号梯\n".getBytes(Charset.forName("GBK")));
        assertThat(tean("register", "import", "equipment", path(gbk)))
                .satisfies(ran -> assertThat(ran.exit()).isEqualTo(1))
                .satisfies(ran -> assertThat(ran.lines())
                        .last()
                        .asString()
                        .startsWith("tean: " + gbk + ": the file is not UTF-8 ")
                        .contains("perhaps GBK"));
        assertThat(number("T-GBK-%")).isZero();
        Path toys = folder.resolve("toys.csv");
        for (List<String> command :
                List.of(List.of("import", "toys", path(gbk)), List.of("template", "toys", path(toys)))) {
            List<String> words = new ArrayList<>(List.of("register"));
            words.addAll(command);
            Ran ran = tean(words.toArray(String[]::new));
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.lines())
                    .singleElement()
                    .asString()
                    .startsWith("tean: 'toys' is none of the kinds organisations, equipment, contracts, ");
        }
        assertThat(toys).doesNotExist();
        assertThat(tean("register", "import", "equipment", path(toys)))
                .satisfies(ran -> assertThat(ran.exit()).isEqualTo(1))
                .satisfies(ran ->
                        assertThat(ran.lines()).singleElement().asString().startsWith("tean: cannot read " + toys));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    /** A line with cells under some of the headings. */
    private static String row(List<String> headings, String... headingsAndCells) {
        List<String> row = new ArrayList<>();
        for (String heading : headings) {
            int at = List.of(headingsAndCells).indexOf(heading);
            row.add(at < 0 ? "" : headingsAndCells[at + 1]);
        }
        return String.join(",", row) + "\n";
    }

    private static List<String> cells(String line) {
        return List.of(line.replace("\uFEFF", "").split(","));
    }

    private static long number(String codes) {
        return DATABASE.number("SELECT count(*) FROM equipment WHERE code LIKE '" + codes + "'");
    }

    private static String path(Path file) {
        return file.toString();
    }

    private static Ran tean(String... arguments) throws Exception {
        return Ran.tean(DATABASE, arguments);
    }
}
