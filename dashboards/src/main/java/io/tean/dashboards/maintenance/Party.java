package io.tean.dashboards.maintenance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An organisation as lists name it: a use unit or a firm. */
public record Party(String creditCode, String name) {

    /** From the columns PREFIX_code and PREFIX_name; empty when nobody is known. */
    public static Optional<Party> of(ResultSet row, String prefix) throws SQLException {
        String code = row.getString(prefix + "_code");
        return code == null ? Optional.empty() : Optional.of(new Party(code, row.getString(prefix + "_name")));
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credit_code", creditCode);
        json.put("name", name);
        return json;
    }
}
