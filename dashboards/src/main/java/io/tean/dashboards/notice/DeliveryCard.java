package io.tean.dashboards.notice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A delivery with everything that was done about it.
 *
 * @param addresses in the order in which they are tried
 * @param attempts the first one first
 * @param tellsOf of a digest the deliveries that it tells of, within the viewer's scope; the newest ones
 */
public record DeliveryCard(Delivery delivery, List<Address> addresses, List<Attempt> attempts, List<Delivery> tellsOf) {
    public DeliveryCard {
        addresses = List.copyOf(addresses);
        attempts = List.copyOf(attempts);
        tellsOf = List.copyOf(tellsOf);
    }

    /**
     * One of its addresses.
     *
     * @param to empty of a robot
     * @param now whether it is the one that is tried now, or was last
     */
    public record Address(String channel, String to, boolean now) {}

    /**
     * One attempt.
     *
     * @param result a word of the outbox
     */
    public record Attempt(int number, Instant at, String channel, String address, String result, String detail) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("attempt", number);
            json.put("at", at);
            json.put("channel", channel);
            json.put("address", address);
            json.put("result", result);
            json.put("detail", detail);
            return json;
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = delivery.json();
        json.put(
                "addresses",
                addresses.stream()
                        .map(address -> Map.of("channel", address.channel, "to", address.to))
                        .toList());
        json.put("tries", attempts.stream().map(Attempt::json).toList());
        json.put("tells_of", tellsOf.stream().map(Delivery::json).toList());
        return json;
    }
}
