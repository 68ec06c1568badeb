package io.tean.alerting.rescue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A file of limits, one component per YAML key; what is missing is null. */
record LimitsText(
        @Nullable String division,
        @Nullable Integer version,
        @Nullable LocalDate effective,
        @Nullable AnswerText answer,
        @Nullable ClockText arrival,
        @Nullable ClockText accident,
        @JsonProperty("busy_metres") @Nullable Integer busyMetres,
        @JsonProperty("fire_brigade") @Nullable FireBrigadeText fireBrigade) {

    record AnswerText(
            @JsonProperty("level_1") @Nullable String level1,
            @JsonProperty("level_2") @Nullable String level2,
            @JsonProperty("level_3") @Nullable String level3,
            @Nullable String source,
            @Nullable Mark mark) {}

    /**
     * @param within of the arrival
     * @param after of the accident
     */
    record ClockText(
            @Nullable String within,
            @Nullable String after,
            @JsonProperty("warn_before") @Nullable String warnBefore,
            @Nullable String source,
            @Nullable Mark mark) {}

    record FireBrigadeText(@Nullable String name, @Nullable String telephone) {}
}
