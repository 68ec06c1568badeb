package io.tean.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MessageShapeTest {
    private static final long TIME = Instant.parse("2026-11-22T08:00:00Z").getEpochSecond() * 1_000_000 + 42;

    @Test
    void places_areFilledFromNumberAndTime() {
        MessageShape shape = MessageShape.of("s", "{\"time\":\"<time>\",\"n\":1<n4>}");

        assertThat(shape.payload("EQ-1", 1_234_567, TIME))
                .isEqualTo("{\"time\":\"2026-11-22T08:00:00.000042Z\",\"n\":14567}");
    }

    @Test
    void randomDigits_areTheSameForTheSameMessage_andOthersForAnother() {
        MessageShape shape = MessageShape.of("s", "<time> <r9> <r9>");

        assertThat(shape.payload("EQ-1", 1, TIME))
                .isEqualTo(shape.payload("EQ-1", 1, TIME))
                .isNotEqualTo(shape.payload("EQ-1", 2, TIME))
                .isNotEqualTo(shape.payload("EQ-2", 1, TIME));
    }

    @Test
    void aPayloadPatchedAgainAndAgain_isThatOfEachMessage() {
        MessageShape shape = LoadStreams.READING;
        byte[] bytes = shape.blank();
        long second = Long.MIN_VALUE;
        for (long time : new long[] {TIME, TIME + 7, TIME + 1_000_000, TIME - 86_400_000_000L}) {
            second = shape.patch(bytes, 0, MessageShape.salt("EQ-1"), 9, time, second);

            assertThat(bytes).asString().isEqualTo(shape.payload("EQ-1", 9, time));
        }
    }

    @Test
    void aShapeWithoutTime_isRefused() {
        assertThatThrownBy(() -> MessageShape.of("s", "{}")).hasMessageContaining("<time>");
    }
}
