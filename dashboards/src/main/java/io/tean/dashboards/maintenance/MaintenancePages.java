package io.tean.dashboards.maintenance;

import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/** The pages of the maintenance duties: by machine, by day, by firm, and their suspensions. */
public final class MaintenancePages {
    private final DuePages due;
    private final CalendarPages calendar;
    private final FirmPages firms;
    private final SuspensionPages suspensions;

    public MaintenancePages(DataSource database, MaintenanceDecisions decisions, Screens screens, InstantSource clock) {
        this.due = new DuePages(database, screens, clock);
        this.calendar = new CalendarPages(database, screens, clock);
        this.firms = new FirmPages(database, screens, clock);
        this.suspensions = new SuspensionPages(database, decisions, screens, clock);
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.putAll(due.handlers());
        handlers.putAll(calendar.handlers());
        handlers.putAll(firms.handlers());
        handlers.putAll(suspensions.handlers());
        return handlers;
    }
}
