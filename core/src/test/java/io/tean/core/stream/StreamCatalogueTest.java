package io.tean.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamCatalogueTest {
    @TempDir
    Path folder;

    @Test
    void the_five_streams_of_the_house_load() {
        assertThat(StreamCatalogue.builtIn().all())
                .extracting(StreamDeclaration::name)
                .containsExactly(
                        "boiler-status", "cylinder-fill", "elevator-event", "elevator-status", "maintenance-visit");
    }

    @Test
    void a_file_in_a_folder_of_the_site_is_one_more_stream() {
        StreamDeclaration probe = TestStreams.probe();
        assertThat(probe.table()).isEqualTo("test_probe");
        assertThat(probe.keyColumns()).containsExactly("equipment_id", "time", "kind", "number");
        assertThat(probe.columns())
                .contains(new Column("kind", "text", true), new Column("tags", "text[]", false))
                .hasSize(9);
    }

    @Test
    void the_problems_of_several_files_are_reported_together_each_with_its_place() throws IOException {
        String unknownKey = TestStreams.PROBE.replace("version: 1", "version: 1\ncolour: red");
        String twice = TestStreams.PROBE.replace("mark: derived", "mark: derived\nmark: seen");
        Path first = write("a.yaml", unknownKey);
        Path second = write("b.yaml", twice);
        Path third = write("c.yaml", TestStreams.PROBE.replace("name: flag", "name: Flag"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamCatalogue.load(List.of(folder)))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .hasSize(3)
                        .anySatisfy(line ->
                                assertThat(line).startsWith(first + ":7:").contains("colour"))
                        .anySatisfy(line ->
                                assertThat(line).startsWith(second + ":6:").contains("mark"))
                        .anySatisfy(line -> assertThat(line)
                                .startsWith(third + ":")
                                .contains("field Flag needs a name in snake_case")));
    }

    @Test
    void an_unknown_key_of_a_field_is_found_in_its_line() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestStreams.with(TestStreams.PROBE.replace("unit: mm", "unti: mm")))
                .withMessageContaining(".yaml:13:31: unknown key unti");
    }

    @Test
    void a_name_that_is_taken_is_refused_with_the_file_that_took_it_again() throws IOException {
        write("one.yaml", TestStreams.PROBE);
        Path second = write("two.yaml", TestStreams.PROBE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamCatalogue.load(List.of(folder)))
                .withMessage(second + ": stream test-probe is declared already; give this one another name");
    }

    @Test
    void records_are_kept_for_four_years_at_least_and_status_as_long_as_it_says() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestStreams.with(TestStreams.PROBE.replace("key:", "retention_days: 400\nkey:")))
                .withMessageContaining("retention_days: at least 1461, for records");
        String status = TestStreams.PROBE.replace("key:", "interval: 60s\nretention_days: 400\nkey:");
        assertThat(TestStreams.with(status).stream("test-probe").orElseThrow().retentionDays())
                .hasValue(400);
    }

    @Test
    void a_stream_that_is_called_like_a_summary_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestStreams.with(TestStreams.PROBE.replace("stream: test-probe", "stream: test-day")))
                .withMessageContaining("choose a name that does not end in -hour or -day");
    }

    @Test
    void a_folder_that_is_missing_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamCatalogue.load(List.of(folder.resolve("nowhere"))))
                .withMessageContaining("nowhere: cannot read the folder");
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("declarationsThatCannotWork")
    void a_declaration_that_cannot_work_is_refused(String old, String broken, String problem) {
        assertThat(TestStreams.PROBE).contains(old);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestStreams.with(TestStreams.PROBE.replace(old, broken)))
                .withMessageContaining(problem);
    }

    static Stream<Arguments> declarationsThatCannotWork() {
        return Stream.of(
                arguments("stream: test-probe", "stream: Test_Probe", "a name in kebab-case is needed"),
                arguments("title: {zh: 探针, en: Probe}", "title: {zh: 探针, en: ''}", "a label needs both zh and en"),
                arguments("source: a test\n", "", "source: missing"),
                arguments("effective: 2026-01-01", "effective: soon", "soon"),
                arguments("version: 1", "version: 0", "version: needs a whole number from 1"),
                arguments("mark: derived", "mark: guessed", "guessed"),
                arguments("key: [kind, number]", "key: [colour]", "key: no field colour"),
                arguments("key: [kind, number]", "key: [flag]", "key: field flag must be required"),
                arguments("fields:", "index: [colour]\nfields:", "index: no field colour"),
                arguments("fields:", "index: [level]\nfields:", "index: field level is a list or a real"),
                arguments("name: flag, type: bool", "name: level, type: bool", "fields: level stands twice"),
                arguments("name: flag, type: bool", "name: time, type: bool", "has a name that every stream has"),
                arguments("name: flag, type: bool", "name: flag, type: date", "date"),
                arguments("name: flag, type: bool", "name: flag, type: bool, min: 0", "is no number and has no min"),
                arguments("unit: mm, min: -100", "unit: mm", "is a number and needs min and max"),
                arguments("min: -100, max: 100", "min: 100, max: -100", "has a min above its max"),
                arguments("name: note, type: text, max_length: 20", "name: note, type: text", "needs max_length"),
                arguments("max_items: 3, ", "", "needs max_items if and only if it is a list"),
                arguments("values: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}, ", "", "needs values if and only if"));
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}
