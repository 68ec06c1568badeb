package io.tean.dashboards.register;

import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The page of one row of the register.
 *
 * @param list that it stands in
 */
public record Entry(String title, Route list, Row row, List<Column> facts, List<Part.Filled> parts) {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    public Entry {
        facts = List.copyOf(facts);
        parts = List.copyOf(parts);
    }

    static Answer page(Screens screens, Request request, Entry entry) {
        return Answer.page(screens.render(
                "register-entry.jte", Map.of("frame", Frame.of(request, entry.title()), "entry", entry)));
    }

    /** Statutory days are days of China. */
    static LocalDate today(InstantSource clock) {
        return LocalDate.ofInstant(clock.instant(), CHINA);
    }
}
