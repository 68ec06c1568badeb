/**
 * The maintenance duties of elevators (电梯维保): what is due and late as of a day, by machine and by firm, and the days in which nothing
 * falls overdue. The visits themselves are next door in {@code visit}.
 */
@NullMarked
package io.tean.dashboards.maintenance;

import org.jspecify.annotations.NullMarked;
