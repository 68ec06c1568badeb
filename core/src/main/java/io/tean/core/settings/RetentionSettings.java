package io.tean.core.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** For how long what ingest stores is kept. Daily summaries are kept for ever. */
public interface RetentionSettings {
    @Range(least = 2_592_000, most = 3_153_600_000L)
    @Setting(
            "How long readings of streams with an interval are kept, such as elevator-status; a stream that declares retention_days counts by itself.")
    @WithDefault("90d")
    Duration status();

    @Range(least = 126_230_400, most = 3_153_600_000L)
    @Setting("How long readings of all other streams are kept, such as visits and fills; likewise.")
    @WithDefault("1461d")
    Duration records();

    @Range(least = 34_560_000, most = 3_153_600_000L)
    @Setting("How long hourly summaries are kept.")
    @WithDefault("1461d")
    Duration hours();

    @Range(least = 2_592_000, most = 3_153_600_000L)
    @Setting("How long dead letters are kept.")
    @WithDefault("365d")
    Duration deadLetters();
}
