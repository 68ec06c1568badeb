package io.tean.ingest.decode;

import static io.tean.ingest.arrival.DeadLetterReason.*;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tean.core.reading.Reading;
import io.tean.core.stream.JsonSchema;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.TestStreams;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.arrival.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecoderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int MAX_ARRAY = 4;
    /** A good reading up to its closing brace. */
    private static final String HEAD = "{\"time\":\"2026-11-22T08:00:00+08:00\",\"kind\":\"a\",\"number\":1";

    private static final String GOOD = HEAD + "}";

    private final Counted counted = new Counted();
    private final PayloadDecoder decoder =
            new PayloadDecoder(new PayloadDecoder.TimeWindow(5 * MINUTE_MICROS, 8 * DAY_MICROS), MAX_ARRAY, counted);
    private final StreamDeclaration probe = TestStreams.probe();

    @ParameterizedTest
    @ValueSource(strings = {"boiler-status", "cylinder-fill", "elevator-event", "elevator-status", "maintenance-visit"})
    void every_example_of_a_declaration_is_taken(String name) {
        StreamDeclaration stream = StreamCatalogue.builtIn().stream(name).orElseThrow();
        Instant time = OffsetDateTime.parse(String.valueOf(stream.example().get("time")))
                .toInstant();
        byte[] payload = JsonSchema.json(stream.example()).getBytes(UTF_8);
        Arrival arrival = decode(stream, payload, time);
        assertThat(arrival.deadLetters()).isEmpty();
        Reading reading = arrival.rows().getFirst().reading();
        assertThat(reading.time()).isEqualTo(time);
        assertThat(stream.fields())
                .allSatisfy(f -> assertThat(reading.knows(f.name()))
                        .isEqualTo(stream.example().containsKey(f.name())));
        assertThat(counted.unknownFields).isZero();
    }

    @Test
    void the_values_of_a_reading_are_those_of_the_payload() {
        Reading reading = reading(
                HEAD
                        + ",\"flag\":false,\"level\":-12.5e-1,\"note\":\"\\u597d\\t😀\",\"tags\":[\"甲\",\"\"],\"grade\":\"G1\"}");
        assertThat(reading.text("kind")).isEqualTo("a");
        assertThat(reading.bool("flag")).isFalse();
        assertThat(reading.real("level")).isEqualTo(-1.25);
        assertThat(reading.text("note")).isEqualTo("好\t😀");
        assertThat(reading.list("tags")).containsExactly("甲", "");
        assertThat(reading.text("grade")).isEqualTo("G1");
        assertThat(reading.equipmentId()).isEqualTo(7);
    }

    @Test
    void null_is_the_same_as_not_sent() {
        Reading reading = reading(HEAD + ",\"flag\":null,\"tags\":null}");
        assertThat(reading.knows("flag")).isFalse();
        assertThat(reading.knows("tags")).isFalse();
        assertThat(refusal("{\"time\":1795305600000,\"kind\":null,\"number\":1}"))
                .isEqualTo(MISSING_FIELD);
    }

    @ParameterizedTest(name = "{index} {1}: {0}")
    @MethodSource("badReadings")
    void a_bad_reading_becomes_a_dead_letter_with_its_reason(String json, DeadLetterReason reason) {
        Arrival arrival = decode(json);
        assertThat(arrival.rows()).isEmpty();
        assertThat(arrival.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).as(letter.detail()).isEqualTo(reason);
            assertThat(letter.payload()).isEqualTo(json.getBytes(UTF_8));
        });
    }

    static Stream<Arguments> badReadings() {
        return Stream.of(
                arguments("", NOT_JSON),
                arguments(" ", NOT_JSON),
                arguments("null", NOT_JSON),
                arguments("17", NOT_JSON),
                arguments("\"text\"", NOT_JSON),
                arguments("{", NOT_JSON),
                arguments("[", NOT_JSON),
                arguments("{'time':1}", NOT_JSON),
                arguments("{\"time\":1,}", NOT_JSON),
                arguments("{\"time\":01}", NOT_JSON),
                arguments("{\"time\":1 /* now */}", NOT_JSON),
                arguments("{\"x\":\"line\nbreak\"}", NOT_JSON),
                arguments(with("level", "NaN"), NOT_JSON),
                arguments(with("level", "Infinity"), NOT_JSON),
                arguments(with("level", "-Infinity"), NOT_JSON),
                arguments(with("level", "+1"), NOT_JSON),
                arguments(with("level", ".5"), NOT_JSON),
                arguments(GOOD + " x", NOT_JSON),
                arguments(GOOD + GOOD, NOT_JSON),
                arguments(GOOD + "]", NOT_JSON),
                arguments("[]", WRONG_TYPE),
                arguments(with("flag", "1"), WRONG_TYPE),
                arguments(with("flag", "\"true\""), WRONG_TYPE),
                arguments(with("level", "\"1\""), WRONG_TYPE),
                arguments(with("level", "true"), WRONG_TYPE),
                arguments(with("level", "[1]"), WRONG_TYPE),
                arguments(with("level", "{\"a\":1}"), WRONG_TYPE),
                arguments(with("note", "1"), WRONG_TYPE),
                arguments(with("tags", "\"x\""), WRONG_TYPE),
                arguments(with("tags", "[\"x\",1]"), WRONG_TYPE),
                arguments(with("tags", "[[\"x\"]]"), WRONG_TYPE),
                arguments(with("tags", "[null]"), WRONG_TYPE),
                arguments(numbered("1.0"), WRONG_TYPE),
                arguments(numbered("1e2"), WRONG_TYPE),
                arguments(numbered("\"1\""), WRONG_TYPE),
                arguments(kinded("1"), WRONG_TYPE),
                arguments(numbered("-11"), OUT_OF_RANGE),
                arguments(numbered("9007199254740992"), OUT_OF_RANGE),
                arguments(numbered("9223372036854775808"), OUT_OF_RANGE),
                arguments(numbered("9".repeat(99)), OUT_OF_RANGE),
                arguments(with("level", "100.00000000000001421"), OUT_OF_RANGE),
                arguments(with("level", "1e400"), OUT_OF_RANGE),
                arguments(with("level", "-1e400"), OUT_OF_RANGE),
                arguments(with("level", "1e999999999"), OUT_OF_RANGE),
                arguments(with("tags", "[\"1\",\"2\",\"3\",\"4\"]"), OUT_OF_RANGE),
                arguments(with("note", "\"" + "长".repeat(21) + "\""), TEXT_TOO_LONG),
                arguments(with("tags", "[\"123456\"]"), TEXT_TOO_LONG),
                arguments(with("note", "\"a\\u0000b\""), FORBIDDEN_CHARACTER),
                arguments(with("note", "\"\\ud83d\""), FORBIDDEN_CHARACTER),
                arguments(with("note", "\"\\ude00\\ud83d\""), FORBIDDEN_CHARACTER),
                arguments(with("tags", "[\"\\u0000\"]"), FORBIDDEN_CHARACTER),
                arguments(kinded("\"c\""), UNKNOWN_WORD),
                arguments(kinded("\"A\""), UNKNOWN_WORD),
                arguments(with("grade", "\"G2\""), UNKNOWN_CODE),
                arguments(HEAD + ",\"number\":1}", DUPLICATE_KEY),
                arguments(HEAD + ",\"flag\":true,\"flag\":true}", DUPLICATE_KEY),
                arguments(HEAD + ",\"flag\":null,\"flag\":true}", DUPLICATE_KEY),
                arguments(HEAD + ",\"flag\":true,\"flag\":null}", DUPLICATE_KEY),
                arguments(HEAD + ",\"flag\":true,\"\\u0066lag\":false}", DUPLICATE_KEY),
                arguments(HEAD + ",\"time\":1795305600000}", DUPLICATE_KEY),
                arguments("{\"time\":1795305600000,\"kind\":\"a\"}", MISSING_FIELD),
                arguments("{\"kind\":\"a\",\"number\":1}", MISSING_TIME),
                arguments("{}", MISSING_TIME),
                arguments(timed("null"), BAD_TIME),
                arguments(timed("\"\""), BAD_TIME),
                arguments(timed("\"2026-11-22T08:00:00\""), BAD_TIME),
                arguments(timed("\"2026-11-22T08:00:60+08:00\""), BAD_TIME),
                arguments(timed("1795305600000.5"), BAD_TIME),
                arguments(timed("true"), BAD_TIME),
                arguments(timed("[1795305600000]"), BAD_TIME),
                arguments(timed("9223372036854775807"), BAD_TIME),
                arguments(timed("-9223372036854775808"), BAD_TIME),
                arguments(timed("99999999999999999999999"), BAD_TIME),
                arguments(timed("\"2026-11-22T08:05:00.000001+08:00\""), TIME_AHEAD),
                arguments(timed("\"2099-01-01T00:00:00Z\""), TIME_AHEAD),
                arguments(timed("1795305600"), TOO_OLD),
                arguments(timed("-1"), TOO_OLD),
                arguments(timed("\"2026-11-14T07:59:59.999999+08:00\""), TOO_OLD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBytes")
    void bytes_that_are_not_utf_8_are_refused_as_a_whole(String what, byte[] payload) {
        Arrival arrival = decode(probe, payload, NOW);
        assertThat(arrival.rows()).isEmpty();
        assertThat(arrival.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(NOT_UTF8);
            assertThat(letter.payload()).isEqualTo(payload);
        });
    }

    static Stream<Arguments> badBytes() {
        return Stream.of(
                arguments("overlong slash", noteOf("c0af")),
                arguments("overlong zero of Java", noteOf("c080")),
                arguments("surrogate as UTF-8", noteOf("eda080")),
                arguments("beyond U+10FFFF", noteOf("f4908080")),
                arguments("cut off", noteOf("e794")),
                arguments("alone", noteOf("80")),
                arguments("Latin-1", noteOf("e4")),
                arguments("raw zero byte", noteOf("00")),
                arguments("raw zero byte behind the end", (GOOD + "\0").getBytes(UTF_8)),
                arguments("UTF-16", GOOD.getBytes(UTF_16BE)),
                arguments("UTF-16 with its mark", ("\uFEFF" + GOOD).getBytes(UTF_16BE)));
    }

    @Test
    void a_byte_order_mark_is_passed_over_and_does_not_shift_the_kept_payload() {
        assertThat(decode("\uFEFF" + GOOD).rows()).hasSize(1);
        Arrival arrival = decode("\uFEFF[" + GOOD + "," + numbered("-11") + "]");
        assertThat(text(arrival.rows().getFirst().payload())).isEqualTo(GOOD);
        assertThat(text(arrival.deadLetters().getFirst().payload())).isEqualTo(numbered("-11"));
    }

    @Test
    void of_an_array_only_the_bad_readings_become_dead_letters_each_as_it_was_sent() {
        String good = with("note", "\"电梯😀\"");
        String bad = with("note", "\"困人\\u0000😀\"");
        Arrival arrival = decode("[ " + good + " ,\n\t" + bad + ", 17 ,\"甲\\\"]\", [1,[2]] , " + GOOD + " ]", 6);
        assertThat(arrival.rows()).extracting(row -> text(row.payload())).containsExactly(good, GOOD);
        assertThat(arrival.deadLetters())
                .extracting(letter -> text(letter.payload()))
                .containsExactly(bad, "17", "\"甲\\\"]\"", "[1,[2]]");
        assertThat(arrival.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(FORBIDDEN_CHARACTER, WRONG_TYPE, WRONG_TYPE, WRONG_TYPE);
    }

    @Test
    void a_value_of_the_reading_before_never_leaks_into_the_next() {
        Arrival arrival = decode("[" + with("flag", "true") + "," + numbered("-11") + "," + GOOD + "]");
        assertThat(arrival.rows())
                .extracting(Row::reading)
                .extracting(reading -> reading.knows("flag"))
                .containsExactly(true, false);
    }

    @Test
    void broken_syntax_anywhere_in_an_array_refuses_all_of_it() {
        for (String end : new String[] {"", ",", ",]", "]]", "} ]"}) {
            Arrival arrival = decode("[" + GOOD + end);
            assertThat(arrival.rows()).as(end).isEmpty();
            assertThat(arrival.deadLetters())
                    .as(end)
                    .extracting(DeadLetter::reason)
                    .containsExactly(NOT_JSON);
        }
    }

    @Test
    void an_array_of_too_many_readings_is_refused_as_a_whole() {
        assertThat(decode("[" + GOOD + ",{}".repeat(MAX_ARRAY - 1) + "]").rows())
                .hasSize(1);
        Arrival arrival = decode("[" + GOOD + ",{}".repeat(MAX_ARRAY) + "]");
        assertThat(arrival.rows()).isEmpty();
        assertThat(arrival.deadLetters()).extracting(DeadLetter::reason).containsExactly(TOO_MANY_READINGS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hugeOnes")
    void what_is_deep_or_huge_is_refused_and_harms_nothing(String what, String json) {
        assertThat(refusal(json)).isEqualTo(NOT_JSON);
        assertThat(decode(GOOD).rows()).hasSize(1);
    }

    static Stream<Arguments> hugeOnes() {
        return Stream.of(
                arguments("arrays in arrays", "[".repeat(100_000)),
                arguments("objects in objects", "{\"a\":".repeat(100_000)),
                arguments("arrays in an unknown field", HEAD + ",\"x\":" + "[".repeat(9) + "]".repeat(9) + "}"),
                arguments("a long name", "{\"" + "n".repeat(100_000) + "\":1}"),
                arguments("a long text", with("note", "\"" + "n".repeat(200_000) + "\"")),
                arguments("a long number", with("level", "9".repeat(200_000))),
                arguments("a long fraction", with("level", "0." + "9".repeat(200_000))));
    }

    @Test
    void a_million_unknown_keys_are_counted_and_cost_nothing_else() {
        StringBuilder json = new StringBuilder(HEAD);
        for (int i = 0; i < 1_000_000; i++) {
            json.append(",\"k").append(i).append("\":{\"a\":[1]}");
        }
        assertThat(decode(json + "}").rows()).hasSize(1);
        assertThat(counted.unknownFields).isEqualTo(1_000_000);
    }

    @Test
    void minus_zero_is_stored_as_zero() {
        for (String zero : new String[] {"-0", "-0.0", "-0e5", "-1e-999"}) {
            double level = reading(with("level", zero)).real("level");
            assertThat(Double.doubleToRawLongBits(level)).as(zero).isZero();
        }
    }

    @Test
    void the_limits_of_ranges_lengths_and_times_belong_to_them() {
        assertThat(reading(numbered("9007199254740991")).integer("number")).isEqualTo(9_007_199_254_740_991L);
        assertThat(reading(numbered("-10")).integer("number")).isEqualTo(-10);
        assertThat(reading(with("level", "1e2")).real("level")).isEqualTo(100);
        assertThat(reading(with("note", "\"" + "😀".repeat(20) + "\"")).text("note"))
                .hasSize(40);
        assertThat(reading(timed("\"2026-11-22T08:05:00+08:00\"")).time()).isEqualTo(NOW.plus(5, ChronoUnit.MINUTES));
        assertThat(reading(timed("\"2026-11-14T08:00:00+08:00\"")).time()).isEqualTo(NOW.minus(8, ChronoUnit.DAYS));
    }

    @Test
    void a_time_may_be_epoch_milliseconds() {
        assertThat(reading(timed("1795305600000")).time()).isEqualTo(NOW);
    }

    @Test
    void a_reading_more_than_an_hour_old_is_stored_and_counted_as_late() {
        reading(timed("\"2026-11-22T07:00:00+08:00\""));
        assertThat(counted.late).isZero();
        reading(timed("\"2026-11-22T06:59:59+08:00\""));
        assertThat(counted.late).isEqualTo(1);
    }

    @Test
    void the_code_of_a_source_is_mapped_to_ours_and_kept_beside_it() {
        Arrival arrival = decode(event(), json("{\"sequence\":1,\"source\":\"shanghai\",\"source_code\":\"8\"}"), NOW);
        Reading reading = arrival.rows().getFirst().reading();
        assertThat(reading.integer("code")).isEqualTo(11);
        assertThat(reading.text("source_code")).isEqualTo("8");
    }

    @Test
    void a_code_of_ours_goes_before_the_mapping() {
        byte[] payload = json("{\"sequence\":1,\"code\":5,\"source\":\"shanghai\",\"source_code\":\"8\"}");
        assertThat(decode(event(), payload, NOW).rows().getFirst().reading().integer("code"))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sequence\":1,\"source\":\"shanghai\",\"source_code\":\"14\"}",
                "{\"sequence\":1,\"source\":\"atlantis\",\"source_code\":\"1\"}",
                "{\"sequence\":1,\"code\":12}"
            })
    void a_code_in_no_table_is_an_unknown_code(String json) {
        assertThat(decode(event(), json(json), NOW).deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(UNKNOWN_CODE);
    }

    @Test
    void a_source_without_its_code_leaves_our_code_missing() {
        assertThat(decode(event(), json("{\"sequence\":1,\"source\":\"shanghai\"}"), NOW)
                        .deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(MISSING_FIELD);
    }

    @Test
    void the_detail_of_a_dead_letter_can_be_stored_and_printed() {
        DeadLetter letter = decode(kinded("\"\\u0000\\u001b[31m\\ud800" + "x".repeat(1_000) + "\""))
                .deadLetters()
                .getFirst();
        assertThat(letter.reason()).isEqualTo(UNKNOWN_WORD);
        assertThat(letter.detail())
                .hasSizeLessThanOrEqualTo(400)
                .doesNotContainPattern("[\\p{Cntrl}\\x{D800}-\\x{DFFF}]");
    }

    private static String with(String field, String value) {
        return HEAD + ",\"" + field + "\":" + value + "}";
    }

    private static String timed(String time) {
        return "{\"kind\":\"a\",\"number\":1,\"time\":" + time + "}";
    }

    private static String numbered(String number) {
        return "{\"time\":1795305600000,\"kind\":\"a\",\"number\":" + number + "}";
    }

    private static String kinded(String kind) {
        return "{\"time\":1795305600000,\"number\":1,\"kind\":" + kind + "}";
    }

    private static byte[] noteOf(String hex) {
        String payload = HexFormat.of().formatHex((HEAD + ",\"note\":\"").getBytes(UTF_8)) + hex + "227d";
        return HexFormat.of().parseHex(payload);
    }

    private static StreamDeclaration event() {
        return StreamCatalogue.builtIn().stream("elevator-event").orElseThrow();
    }

    private static byte[] json(String event) {
        return event.replaceFirst("\\{", "{\"time\":1795305600000,").getBytes(UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    private Reading reading(String json) {
        Arrival arrival = decode(json);
        assertThat(arrival.deadLetters()).isEmpty();
        return arrival.rows().getFirst().reading();
    }

    private DeadLetterReason refusal(String json) {
        Arrival arrival = decode(json);
        assertThat(arrival.rows()).isEmpty();
        return arrival.deadLetters().getFirst().reason();
    }

    private Arrival decode(String json) {
        return decode(probe, json.getBytes(UTF_8), NOW);
    }

    private Arrival decode(String json, int maxArray) {
        Arrival arrival = arrival(probe, json.getBytes(UTF_8), NOW);
        new PayloadDecoder(new PayloadDecoder.TimeWindow(MINUTE_MICROS, DAY_MICROS), maxArray, counted)
                .decode(arrival, probe, 7);
        return arrival;
    }

    private Arrival decode(StreamDeclaration stream, byte[] payload, Instant now) {
        Arrival arrival = arrival(stream, payload, now);
        decoder.decode(arrival, stream, 7);
        return arrival;
    }

    private static Arrival arrival(StreamDeclaration stream, byte[] payload, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return new Arrival(settled -> {}, "device", "EQ-1", stream.name(), payload, 1, micros, 0);
    }

    private static final class Counted implements PayloadDecoder.DecodeCounts {
        int unknownFields;
        int late;

        @Override
        public void unknownField() {
            unknownFields++;
        }

        @Override
        public void late() {
            late++;
        }
    }
}
