package io.tean.core.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * An emergency that could not be committed in time and is told all the same, not yet stored. The same notice follows the normal way after the
 * commit.
 *
 * @param noticeId the id that the notice keeps after the commit
 * @param equipmentCode as it stands in the topic
 * @param at event time of the reading that fulfilled the rule
 */
public record EarlyAlarm(
        UUID noticeId, String rule, String titleZh, String titleEn, String equipmentCode, Instant at) {}
