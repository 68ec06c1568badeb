package io.tean.dashboards.maintenance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A maintained machine as lists name it.
 *
 * @param place where it stands
 * @param division GB/T 2260
 */
public record Machine(String code, String name, Optional<String> place, Optional<String> division) {
    /** What a SELECT needs of {@code equipment e} for {@link #of}. */
    public static final String COLUMNS =
            "e.code AS machine_code, e.name AS machine_name, e.site_address, e.division_code AS machine_division";
    /** A condition on {@code equipment e}: the one whose code is bound as {@code :equipment}, however it is written. */
    public static final String IS_ASKED_FOR =
            "e.normal_code = upper(regexp_replace(normalize(CAST(:equipment AS text), NFKC), '\\s+', '', 'g'))";

    public static Machine of(ResultSet row) throws SQLException {
        return new Machine(
                row.getString("machine_code"),
                row.getString("machine_name"),
                Optional.ofNullable(row.getString("site_address")),
                Optional.ofNullable(row.getString("machine_division")));
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("equipment_code", code);
        json.put("equipment_name", name);
        json.put("place", place);
        json.put("division_code", division);
        return json;
    }
}
