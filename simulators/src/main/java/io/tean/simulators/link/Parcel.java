package io.tean.simulators.link;

/**
 * A message as it goes to the server.
 *
 * @param device the login that publishes it
 * @param json the payload, UTF-8
 * @param event whether it must never be dropped from a full buffer
 */
@SuppressWarnings(
        "ArrayRecordComponent") // parcels are compared by nobody; a copy for each of a million would only cost
public record Parcel(String device, String topic, byte[] json, boolean event) {}
