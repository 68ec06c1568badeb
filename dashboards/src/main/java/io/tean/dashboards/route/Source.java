package io.tean.dashboards.route;

import java.net.InetAddress;
import java.util.HexFormat;

/** Where requests come from, as brakes count it. */
public final class Source {
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private Source() {}

    /** The address, or of an IPv6 address its first 64 bits: whoever has one has all that are behind them. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes =
                    InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : address;
        } catch (IllegalArgumentException e) {
            // A proxy's own way to write it; each such word counts by itself.
            return address;
        }
    }
}
