package io.tean.dashboards.overview;

import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.inspection.Rates;
import io.tean.dashboards.maintenance.DueCounts;
import io.tean.dashboards.rescue.CityMap;
import io.tean.dashboards.rescue.RescueCase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the screen of the city shows, in the two parts that are asked for apart. */
public record Overview(Emergency emergency, Figures figures) {

    /**
     * What cannot wait.
     *
     * @param now by the database's clock
     * @param alerts emergencies that are not closed
     * @param live cases, those first whose clock runs out next
     */
    public record Emergency(Instant now, long alerts, List<RescueCase> live) {
        /** Of the cases with their clocks: what a wall has room for. */
        static final int SHOWN = 6;

        public Emergency {
            live = List.copyOf(live);
        }

        public List<RescueCase> first() {
            return live.subList(0, Math.min(SHOWN, live.size()));
        }

        public long untaken() {
            return live.stream().filter(RescueCase::isUntaken).count();
        }
    }

    /** All else, as of one moment. */
    public record Figures(
            Instant now,
            Devices devices,
            DueCounts maintenance,
            Rates rates,
            Fills fills,
            List<Division> divisions,
            CityMap map) {
        public Figures {
            divisions = List.copyOf(divisions);
        }
    }

    /**
     * Devices that are not disabled.
     *
     * @param silent heard once, and not connected now
     * @param never registered, and never heard
     */
    public record Devices(long connected, long silent, long never) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("connected", connected);
            json.put("silent", silent);
            json.put("never", never);
            return json;
        }
    }

    /**
     * Of today in China, by the time of the fill.
     *
     * @param filled cylinders that were not turned away
     * @param refused cylinders that were
     * @param flagged fills and refusals that an alert rule found something wrong with
     */
    public record Fills(long filled, long refused, long flagged) {
        static final Fills NONE = new Fills(0, 0, 0);

        static Fills sum(Fills one, Fills other) {
            return new Fills(one.filled + other.filled, one.refused + other.refused, one.flagged + other.flagged);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("filled", filled);
            json.put("refused", refused);
            json.put("flagged", flagged);
            return json;
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", figures.now);
        json.put("day", figures.rates.period().day());
        json.put("devices", figures.devices.json());
        json.put("emergencies", emergency.alerts);
        json.put("live_cases", emergency.live.size());
        json.put("clocks", emergency.first().stream().map(RescueCase::json).toList());
        Map<String, Object> maintenance = new LinkedHashMap<>();
        maintenance.put("overdue", figures.maintenance.overdue());
        maintenance.put("due_soon", figures.maintenance.soonCounted());
        maintenance.put("under_duty", figures.maintenance.duty());
        json.put("maintenance", maintenance);
        json.put("submitted", figures.rates.submitted().json());
        json.put("periodic", figures.rates.periodic().json());
        json.put("fills", figures.fills.json());
        json.put("divisions", figures.divisions.stream().map(Division::json).toList());
        return json;
    }

    /** What a rate looks like where there is nothing to count. */
    static final Fraction NOTHING = new Fraction(0, 0);
}
