package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whom notices go to.
 *
 * @param organisation none of the bureau's own
 * @param division of the organisation; of the bureau's own the one that they answer for, none for the whole city
 * @param manner in which language and how often it is told
 * @param addresses in the order in which they are tried
 */
public record Recipient(
        int id,
        Optional<Organisation> organisation,
        String duty,
        Optional<String> division,
        String name,
        Manner manner,
        List<Address> addresses) {
    public Recipient {
        addresses = List.copyOf(addresses);
    }

    /** Whose recipient it is. */
    public record Organisation(String creditCode, String name) {}

    /**
     * How it is told.
     *
     * @param language zh or en
     * @param active whether it is told at all
     */
    public record Manner(String language, String digest, boolean active) {}

    static List<Address> addresses(String json) {
        List<Address> addresses = new ArrayList<>();
        for (JsonNode address : NoticePages.JSON.readTree(json)) {
            addresses.add(new Address(
                    address.path("channel").asString(""), address.path("to").asString("")));
        }
        return addresses;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recipient_id", id);
        json.put("organisation", organisation.map(Organisation::creditCode));
        json.put("organisation_name", organisation.map(Organisation::name));
        json.put("duty", duty);
        json.put("division_code", division);
        json.put("name", name);
        json.put("language", manner.language);
        json.put("digest", manner.digest);
        json.put("active", manner.active);
        json.put(
                "addresses",
                addresses.stream()
                        .map(address -> Map.of("channel", address.channel(), "to", address.to()))
                        .toList());
        return json;
    }
}
