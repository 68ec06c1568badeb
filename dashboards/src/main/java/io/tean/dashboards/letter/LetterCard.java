package io.tean.dashboards.letter;

import java.util.Map;
import java.util.Optional;

/**
 * All there is to see of one dead letter.
 *
 * @param equipmentName when the viewer may see the equipment and it is registered
 * @param deviceShown whether the viewer may see the device's page
 */
public record LetterCard(Letter letter, Payload payload, Optional<String> equipmentName, boolean deviceShown) {

    Map<String, Object> json() {
        Map<String, Object> json = letter.json();
        json.putAll(payload.json());
        return json;
    }
}
