package io.tean.dashboards.letter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dead letter as listed.
 *
 * @param receivedAt when it came first
 * @param lastReceived when the very same came last
 * @param times how often it came
 * @param bytes size of the payload
 */
public record Letter(
        long id,
        Instant receivedAt,
        Instant lastReceived,
        String deviceId,
        String equipmentCode,
        String stream,
        String reason,
        String detail,
        int times,
        LetterState state,
        Instant stateSince,
        int bytes) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dead_letter_id", id);
        json.put("received_at", receivedAt);
        json.put("last_received", lastReceived);
        json.put("device_id", deviceId);
        json.put("equipment_code", equipmentCode);
        json.put("stream", stream);
        json.put("reason", reason);
        json.put("detail", detail);
        json.put("times", times);
        json.put("state", state.word());
        json.put("state_since", stateSince);
        json.put("payload_bytes", bytes);
        return json;
    }
}
