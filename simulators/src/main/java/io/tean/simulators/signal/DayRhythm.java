package io.tean.simulators.signal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How busy a place is over the day (Asia/Shanghai): a share from 0 (nothing) to 1 (the busiest hour). */
public enum DayRhythm {
    RESIDENTIAL(0.9, "02 01 01 01 02 10 45 90 70 45 40 55 55 40 35 40 55 90 99 80 60 45 25 08"),
    OFFICE(0.15, "00 00 00 00 00 02 15 70 99 70 55 75 80 70 55 50 55 90 70 30 12 06 02 01"),
    HOSPITAL(0.8, "12 10 08 08 10 15 35 80 99 99 95 80 55 65 85 80 70 50 40 35 30 25 20 15"),
    SHOPPING(1.0, "01 00 00 00 00 01 03 08 20 50 75 85 80 80 85 85 80 85 95 99 80 40 10 02"),
    /** A plant that works from six to ten in the evening. */
    TWO_SHIFT(0.7, "00 00 00 00 00 20 75 90 95 99 95 70 75 95 99 95 90 80 75 80 75 40 00 00"),
    ROUND_THE_CLOCK(0.95, "70 68 66 65 66 70 78 86 92 96 99 95 92 95 99 97 94 90 88 86 84 80 76 72"),
    /** A filling station: from eight to six, with a break at noon. */
    STATION(0.9, "00 00 00 00 00 00 00 00 70 95 99 70 00 60 90 95 90 60 00 00 00 00 00 00");

    /** The zone in which all places live. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final double weekend;
    private final String percentByHour;

    DayRhythm(double weekend, String percentByHour) {
        this.weekend = weekend;
        this.percentByHour = percentByHour;
    }

    /** The share at an instant, running straight from the middle of one hour to the middle of the next. */
    public double at(Instant instant) {
        ZonedDateTime local = instant.atZone(ZONE);
        double position = local.getHour() + local.getMinute() / 60.0 - 0.5;
        int hour = (int) Math.floor(position);
        double part = position - hour;
        double share = ofHour(hour) * (1 - part) + ofHour(hour + 1) * part;
        boolean free = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        return free ? share * weekend : share;
    }

    /** The mean share over a working day. */
    public double mean() {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            sum += ofHour(hour);
        }
        return sum / 24;
    }

    private double ofHour(int hour) {
        int start = Math.floorMod(hour, 24) * 3;
        return Integer.parseInt(percentByHour.substring(start, start + 2)) / 99.0;
    }
}
