package io.tean.core.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tean.core.reading.Reading;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TupleTest {
    private static final int KIND = 0;
    private static final int NUMBER = 1;
    private static final int FLAG = 2;
    private static final int LEVEL = 3;
    private static final int NOTE = 4;
    private static final int TAGS = 5;
    private static final long MICROS = 1_795_305_600_123_456L;

    private final StreamDeclaration stream = TestStreams.probe();
    private final TupleEncoder encoder = new TupleEncoder();

    @Test
    void a_value_of_every_type_is_read_back_as_it_was_set() {
        encoder.text(KIND, "b".getBytes(UTF_8));
        encoder.integer(NUMBER, 9_007_199_254_740_991L);
        encoder.bool(FLAG, true);
        encoder.real(LEVEL, -0.1);
        encoder.text(NOTE, "电梯 😀".getBytes(UTF_8));
        encoder.list(TAGS, List.of("甲", "", "c"));
        Reading reading = reading(-7, MICROS);
        assertThat(reading.text("kind")).isEqualTo("b");
        assertThat(reading.integer("number")).isEqualTo(9_007_199_254_740_991L);
        assertThat(reading.bool("flag")).isTrue();
        assertThat(reading.real("level")).isEqualTo(-0.1);
        assertThat(reading.text("note")).isEqualTo("电梯 😀");
        assertThat(reading.list("tags")).containsExactly("甲", "", "c");
        assertThat(reading.equipmentId()).isEqualTo(-7);
        assertThat(reading.time()).isEqualTo(Instant.parse("2026-11-22T00:00:00.123456Z"));
    }

    @Test
    void what_was_not_set_is_unknown_and_asking_for_it_is_a_mistake() {
        encoder.integer(NUMBER, 1);
        Reading reading = reading(1, MICROS);
        assertThat(stream.fields()).filteredOn(f -> reading.knows(f.name())).hasSize(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> reading.bool("flag"))
                .withMessageContaining("ask knows() first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reading.knows("colour"))
                .withMessageContaining("has no field colour");
    }

    @Test
    void an_empty_text_and_an_empty_list_are_known() {
        encoder.text(NOTE, new byte[0]);
        encoder.list(TAGS, List.of());
        Reading reading = reading(1, MICROS);
        assertThat(reading.knows("note")).isTrue();
        assertThat(reading.text("note")).isEmpty();
        assertThat(reading.knows("tags")).isTrue();
        assertThat(reading.list("tags")).isEmpty();
    }

    @Test
    void the_reading_before_leaves_nothing_behind() {
        encoder.text(NOTE, "old".getBytes(UTF_8));
        encoder.bool(FLAG, true);
        reading(1, MICROS);
        encoder.clear();
        encoder.bool(FLAG, false);
        Reading reading = reading(2, MICROS + 1);
        assertThat(reading.knows("note")).isFalse();
        assertThat(reading.bool("flag")).isFalse();
        assertThat(reading.epochMicros()).isEqualTo(MICROS + 1);
    }

    @Test
    void a_text_far_longer_than_the_buffer_fits_and_the_fields_behind_it_stay_in_place() {
        String big = "长".repeat(30_000);
        encoder.text(NOTE, big.getBytes(UTF_8));
        encoder.list(TAGS, List.of("x"));
        encoder.integer(NUMBER, 5);
        Reading reading = reading(1, MICROS);
        assertThat(reading.text("note")).isEqualTo(big);
        assertThat(reading.list("tags")).containsExactly("x");
        assertThat(reading.integer("number")).isEqualTo(5);
    }

    @Test
    void times_before_the_year_2000_and_before_1970_are_kept_to_the_microsecond() {
        for (long micros : List.of(-1L, 0L, 946_684_799_999_999L)) {
            assertThat(reading(1, micros).epochMicros()).isEqualTo(micros);
        }
    }

    @Test
    void key_values_are_those_of_the_key_fields_as_the_database_writes_them() {
        encoder.text(KIND, "a".getBytes(UTF_8));
        encoder.integer(NUMBER, -3);
        assertThat(reading(1, MICROS).keyValues()).containsExactly("a", "-3");
    }

    private Reading reading(int equipmentId, long micros) {
        return new Reading(stream, encoder.finish(stream, equipmentId, micros));
    }
}
