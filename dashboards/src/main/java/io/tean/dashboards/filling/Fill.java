package io.tean.dashboards.filling;

import io.tean.core.stream.Label;
import io.tean.dashboards.screen.Tongue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One fill, or one cylinder that was turned away.
 *
 * @param time its end, or the moment of the refusal
 * @param medium word of the stream's declaration
 * @param filler number of the filler's certificate
 */
public record Fill(
        Instant time,
        Place place,
        Cylinder cylinder,
        Optional<String> medium,
        Masses masses,
        Optional<String> filler,
        Checks checks,
        List<Flag> flags) {
    public Fill {
        flags = List.copyOf(flags);
    }

    /**
     * Where.
     *
     * @param station name of the organisation that uses the machine; none when the register knows none
     */
    public record Place(String machine, String gun, Optional<String> station, Optional<String> stationCode) {}

    /** @param shown whether the register has it, within the viewer's scope */
    public record Cylinder(String code, boolean shown) {}

    /** In kilogrammes, as the station sent them. */
    public record Masses(
            OptionalDouble tare,
            OptionalDouble gross,
            OptionalDouble net,
            OptionalDouble reweighed,
            OptionalDouble rated) {}

    /**
     * The station's own checks.
     *
     * @param before {@code pass}, {@code fail} or {@code not_done}
     */
    public record Checks(
            boolean refused,
            Optional<String> before,
            List<String> faultsBefore,
            Optional<String> after,
            List<String> faultsAfter) {
        public Checks {
            faultsBefore = List.copyOf(faultsBefore);
            faultsAfter = List.copyOf(faultsAfter);
        }

        /** All that the station found wrong. */
        public List<String> faults() {
            List<String> all = new ArrayList<>(faultsBefore);
            all.addAll(faultsAfter);
            return all;
        }
    }

    /**
     * A rule that the fill broke.
     *
     * @param alert that it opened or repeated
     * @param title none when the catalogue of rules does not know it
     */
    public record Flag(String rule, long alert, Optional<Label> title) {
        public String said(Tongue t) {
            return title.map(t::say).orElse(rule);
        }
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time", time);
        json.put("equipment_code", place.machine());
        json.put("filling_gun_id", place.gun());
        json.put("station", place.stationCode().orElse(null));
        json.put("station_name", place.station().orElse(null));
        json.put("cylinder_code", cylinder.code());
        json.put("medium", medium.orElse(null));
        json.put("tare_kg", json(masses.tare()));
        json.put("gross_kg", json(masses.gross()));
        json.put("net_fill_kg", json(masses.net()));
        json.put("reweighed_kg", json(masses.reweighed()));
        json.put("rated_fill_kg", json(masses.rated()));
        json.put("filler_certificate_no", filler.orElse(null));
        json.put("refused", checks.refused());
        json.put("pre_check", checks.before().orElse(null));
        json.put("pre_check_faults", checks.faultsBefore());
        json.put("post_check", checks.after().orElse(null));
        json.put("post_check_faults", checks.faultsAfter());
        json.put(
                "flags",
                flags.stream()
                        .map(flag -> Map.of("rule", flag.rule(), "alert_id", flag.alert()))
                        .toList());
        return json;
    }

    private static @Nullable Object json(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
