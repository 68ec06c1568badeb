package io.tean.alerting.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule file's content, one component per YAML key; what is missing is null. */
record RuleText(
        @Nullable String rule,
        @Nullable Integer version,
        @Nullable LocalDate effective,
        @Nullable String subject,
        @Nullable String severity,
        @Nullable String dispatch,
        @Nullable Label title,
        @Nullable Label advice,
        @Nullable String source,
        @Nullable Label clause,
        @Nullable Mark mark,
        @Nullable String closes,
        @JsonProperty("site_mutes") @Nullable Boolean siteMutes,
        @Nullable List<ConditionText> on,
        @Nullable String every,
        @Nullable String sql,
        @Nullable Examples examples) {

    /**
     * @param hold called {@code for} in the file
     * @param unknown {@code expected}, or after how long it is told, such as 1h
     */
    record ConditionText(
            @Nullable String stream,
            @Nullable String when,
            @Nullable String clear,
            @Nullable String unless,
            @JsonProperty("for") @Nullable String hold,
            @Nullable String unknown) {}

    record Examples(
            @Nullable List<ExampleText> fires, @Nullable List<ExampleText> silent) {}

    /** @param until how long the clock runs on after the first reading, such as 40s */
    record ExampleText(
            @Nullable String name,
            @Nullable Map<String, Object> facts,
            @Nullable List<Map<String, Object>> readings,
            @Nullable String until,
            @Nullable String given,
            @Nullable List<String> subjects) {}
}
