package io.tean.register.duty;

import io.tean.register.due.Duty;
import java.util.OptionalInt;

/**
 * A duty of one machine with the dimensions that it is counted by.
 *
 * @param answerable the organisation that must act
 */
record DutyRow(
        int equipment, Duty duty, String category, String division, OptionalInt useUnit, OptionalInt answerable) {}
