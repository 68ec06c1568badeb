package io.tean.ingest.device;

import java.security.MessageDigest;
import java.util.Map;
import java.util.OptionalInt;

/** A device that may connect, and the machines that it may publish for. */
public final class DeviceLogin {
    private static final int NOT_REGISTERED = -1;

    private final String deviceId;
    private final byte[] tokenHash;
    private final Map<String, Integer> equipment;

    /** @param equipment equipment code to equipment id, or -1 while the code is not registered */
    DeviceLogin(String deviceId, byte[] tokenHash, Map<String, Integer> equipment) {
        this.deviceId = deviceId;
        this.tokenHash = tokenHash;
        this.equipment = equipment;
    }

    public String deviceId() {
        return deviceId;
    }

    public boolean isBoundTo(String equipmentCode) {
        return equipment.containsKey(equipmentCode);
    }

    /** The equipment's id; empty while a bound code is not registered. */
    public OptionalInt equipmentId(String equipmentCode) {
        int id = equipment.getOrDefault(equipmentCode, NOT_REGISTERED);
        return id == NOT_REGISTERED ? OptionalInt.empty() : OptionalInt.of(id);
    }

    boolean hasToken(byte[] token) {
        return MessageDigest.isEqual(tokenHash, Token.hash(token));
    }

    /** Whether a session that logged in with the other may go on with this. */
    public boolean isSameLogin(DeviceLogin other) {
        return deviceId.equals(other.deviceId) && MessageDigest.isEqual(tokenHash, other.tokenHash);
    }
}
