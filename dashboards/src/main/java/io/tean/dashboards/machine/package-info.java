/**
 * One machine's story out of its readings: how it stands now, what happened, and how its values went over hours to years. Short spans are read
 * from the readings themselves, longer ones from hourly and daily summaries.
 */
@NullMarked
package io.tean.dashboards.machine;

import org.jspecify.annotations.NullMarked;
