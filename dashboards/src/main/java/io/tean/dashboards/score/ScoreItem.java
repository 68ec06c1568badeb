package io.tean.dashboards.score;

import io.tean.core.stream.Label;
import java.util.Optional;

/**
 * One line of a table.
 *
 * @param group such as {@code rescue}
 * @param lowestClass whether any event of it puts the firm into the lowest class at once
 * @param note how the table's words were read, where they leave something open
 */
public record ScoreItem(
        String id,
        String group,
        Label title,
        Measure measure,
        PointRule rule,
        boolean lowestClass,
        Optional<Label> note) {
    /**
     * A line of the table that Tean has no facts for.
     *
     * @param points as the table has them
     * @param reason why
     */
    public record NotMeasured(String group, Label title, String points, Label reason) {}
}
