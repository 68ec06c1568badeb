package io.tean.dashboards.route;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The reverse proxies whose word about where a request comes from is believed. */
public final class Proxies {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.:]*:[0-9a-fA-F.:]*");

    private final List<Network> networks;

    private record Network(byte[] address, int bits) {
        boolean holds(InetAddress candidate) {
            byte[] other = candidate.getAddress();
            if (other.length != address.length) {
                return false;
            }
            int shift = address.length * 8 - bits;
            return new BigInteger(1, address).shiftRight(shift).equals(new BigInteger(1, other).shiftRight(shift));
        }
    }

    private Proxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * @param words addresses and networks, such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException that names the word that is neither
     */
    public static Proxies of(List<String> words) {
        return new Proxies(words.stream().map(Proxies::network).toList());
    }

    /** Where a request comes from: the nearest address on its way that is no trusted proxy. */
    Received.Origin origin(String peer, Optional<String> forwardedFor) {
        if (forwardedFor.isEmpty()) {
            return new Received.Origin(peer, isLoopback(peer));
        }
        if (!isTrusted(peer)) {
            return new Received.Origin(peer, false);
        }
        List<String> hops = Arrays.stream(forwardedFor.get().split(","))
                .map(String::strip)
                .toList()
                .reversed();
        String nearest = peer;
        for (String hop : hops) {
            Optional<InetAddress> known = literal(hop);
            if (known.isEmpty()) {
                break;
            }
            // In its one full form: whoever may write an address in several ways must not count as several.
            nearest = known.get().getHostAddress();
            if (!isTrusted(hop)) {
                break;
            }
        }
        return new Received.Origin(nearest, false);
    }

    private boolean isTrusted(String address) {
        return literal(address)
                .filter(known -> networks.stream().anyMatch(network -> network.holds(known)))
                .isPresent();
    }

    private static boolean isLoopback(String address) {
        return literal(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Network network(String word) {
        String[] parts = word.strip().split("/", -1);
        Optional<InetAddress> address = literal(parts[0]);
        int most = address.map(known -> known.getAddress().length * 8).orElse(0);
        try {
            int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            if (address.isPresent() && parts.length <= 2 && bits >= 0 && bits <= most) {
                return new Network(address.get().getAddress(), bits);
            }
        } catch (NumberFormatException e) {
            // Said below, with the whole word.
        }
        throw new IllegalArgumentException("TEAN_HTTP_TRUSTED_PROXIES: '" + word
                + "' is neither an address nor a network: write them like 10.1.2.3 or 10.0.0.0/8");
    }

    /** Never asks a name server: what is no literal address is none. */
    private static Optional<InetAddress> literal(String text) {
        String bare = text.replaceFirst("%.*$", "").replaceAll("^\\[|]$", "");
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
