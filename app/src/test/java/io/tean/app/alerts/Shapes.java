package io.tean.app.alerts;

import io.tean.app.load.MessageShape;
import java.util.List;

/** What the machines of the day can say. The places in the lists are those that {@link Story} names. */
final class Shapes {
    static final int RUNNING = 0;
    static final int AT_LANDING = 1;
    static final int STUCK = 2;
    static final int INSPECTED = 3;
    static final int ENTRAPPED = 4;
    static final int FREED = 5;
    static final int DOOR_HELD_BY_WORKER = 6;
    static final int DOOR_FAULT = 7;
    static final int DOOR_CLOSES_AGAIN = 8;
    static final int POWER_OFF = 9;
    static final int POWER_ON = 10;
    static final List<MessageShape> ELEVATOR = List.of(
            status("normal", true, false),
            status("normal", false, true),
            status("normal", false, false),
            status("inspection_operation", false, false),
            event(11, false, "normal"),
            event(11, true, "normal"),
            event(2, false, "inspection_operation"),
            event(2, false, "normal"),
            event(2, true, "normal"),
            event(41, false, "normal"),
            event(41, true, "normal"));

    static final int STEAMING = 0;
    static final int BAND_OF_1_00 = 1;
    static final int OVER_1_00 = 2;
    static final int BAND_OF_1_25 = 3;
    static final int OVER_1_25 = 4;
    static final int VERY_LOW = 5;
    static final int BELOW_LOWEST = 6;
    static final int JUST_ABOVE_LOWEST = 7;
    static final int NO_FLAME = 8;
    static final List<MessageShape> BOILER = List.of(
            boiler("0.8<r2>", "1<r1>.<r1>", false, false),
            boiler("0.97<r1>", "1<r1>.<r1>", false, false),
            boiler("1.1<r2>", "1<r1>.<r1>", false, false),
            boiler("1.22<r1>", "1<r1>.<r1>", false, false),
            boiler("1.3<r2>", "1<r1>.<r1>", false, false),
            boiler("0.8<r2>", "-3<r1>.<r1>", true, false),
            boiler("0.8<r2>", "-8<r1>.<r1>", false, false),
            boiler("0.8<r2>", "-72.<r1>", false, false),
            boiler("0.8<r2>", "1<r1>.<r1>", false, true));

    static final int FILL = 0;
    static final int OVERFILL = 1;
    static final int WRONG_MEDIUM = 2;
    static final List<MessageShape> FILLING =
            List.of(fill("lpg", "14.<r2>"), fill("lpg", "16.<r2>"), fill("dimethyl_ether", "14.<r2>"));

    private Shapes() {}

    private static MessageShape status(String mode, boolean running, boolean inZone) {
        return MessageShape.of("elevator-status", """
                {"time":"<time>","service_mode":"%s","car_running":%s,"car_direction":"up","car_position":"1<r1>","in_door_zone":%s,\
                "door_closed":true,"passenger_present":true,"main_power_on":true,"load_kg":1<r2>.<r1>,"speed_mps":0.<r2>,\
                "total_trips":1<r5>}""".formatted(mode, running, inZone));
    }

    private static MessageShape event(int code, boolean cleared, String mode) {
        return MessageShape.of("elevator-event", """
                {"time":"<time>","code":%d,"sequence":1<n9>,"cleared":%s,"car_position":"<r1>","passenger_present":true,\
                "service_mode":"%s"}""".formatted(code, cleared, mode));
    }

    private static MessageShape boiler(String pressure, String level, boolean veryLow, boolean flameFailure) {
        return MessageShape.of("boiler-status", """
                {"time":"<time>","kind":"steam","running":true,"burner_on":true,"very_low_water":%s,"low_water":false,\
                "high_water":false,"very_high_water":false,"over_pressure":false,"over_temperature":false,"hardness_alarm":false,\
                "flame_failure":%s,"general_alarm":false,"water_level_mm":%s,"steam_pressure_mpa":%s,"steam_flow_tph":3.<r2>,\
                "feed_water_flow_tph":3.<r2>,"exhaust_back_temperature_c":12<r1>.<r1>}""".formatted(veryLow, flameFailure, level, pressure));
    }

    private static MessageShape fill(String medium, String net) {
        return MessageShape.of("cylinder-fill", """
                {"time":"<time>","filling_gun_id":"GUN-01","cylinder_code":"DAY-<n9>","station_code":"%s","medium":"%s",\
                "filler_certificate_no":"%s","tare_kg":16.<r3>,"gross_kg":31.<r3>,"net_fill_kg":%s,"pre_check":"pass",\
                "pre_check_faults":[],"post_check_faults":[],"refused":false}""".formatted(Register.STATION, medium, Register.FILLER, net));
    }

    /** The code of a cylinder, as the shapes write it. */
    static String cylinder(long number) {
        return "DAY-%09d".formatted(number);
    }
}
