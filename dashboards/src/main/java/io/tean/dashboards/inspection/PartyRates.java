package io.tean.dashboards.inspection;

import java.util.LinkedHashMap;
import java.util.Map;

/** An organisation with both rates of its machines. */
public record PartyRates(String creditCode, String name, Fraction submitted, Fraction periodic) {
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credit_code", creditCode);
        json.put("name", name);
        json.put("submitted", submitted.json());
        json.put("periodic", periodic.json());
        return json;
    }
}
