package io.tean.alerting.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Which addresses a channel may connect to: public ones, and those of the networks that the site allows. The addresses that are checked here are
 * those that are connected to, so that a name cannot change its mind in between.
 */
final class Reach implements DnsResolver {
    private final List<Network> allowed;

    Reach(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** The address is not one that this channel may connect to. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden(String message) {
            super(message);
        }
    }

    /** @param bits how many bits of the address count */
    record Network(InetAddress address, int bits) {
        /** @throws IllegalArgumentException for what is no network such as 10.0.0.0/8 */
        static Network of(String cidr) {
            String[] parts = cidr.strip().split("/", -1);
            try {
                // Only digits: a name would be asked for.
                if (parts.length == 2 && parts[0].matches("[0-9a-fA-F:.]+") && parts[0].matches(".*[:.].*")) {
                    InetAddress address = InetAddress.ofLiteral(parts[0]);
                    int bits = Integer.parseInt(parts[1]);
                    if (bits >= 0 && bits <= address.getAddress().length * 8) {
                        return new Network(address, bits);
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + cidr + "' is no network such as 10.0.0.0/8", e);
            }
            throw new IllegalArgumentException("'" + cidr + "' is no network such as 10.0.0.0/8");
        }

        boolean has(byte[] other) {
            byte[] mine = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Beside loopback, link-local, site-local and multicast: what the registries of special-purpose addresses keep from the public. */
    private static final List<Network> CLOSED = List.of(
            Network.of("0.0.0.0/8"),
            Network.of("100.64.0.0/10"),
            Network.of("192.0.0.0/24"),
            Network.of("192.0.2.0/24"),
            Network.of("198.18.0.0/15"),
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("240.0.0.0/4"),
            Network.of("fc00::/7"),
            Network.of("2001:db8::/32"),
            Network.of("100::/64"));

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress address : all) {
            if (!mayReach(address)) {
                throw new Forbidden(
                        host + " is " + address.getHostAddress()
                                + ", which is no public address: name its network in the channel's allow list if that is meant");
            }
        }
        return all;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    boolean mayReach(InetAddress address) {
        byte[] bytes = address.getAddress();
        return allowed.stream().anyMatch(network -> network.has(bytes)) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || CLOSED.stream().anyMatch(network -> network.has(bytes))) {
            return false;
        }
        return bytes.length == 4 || carried(bytes) == 0 || isPublic(carriedBy(bytes, carried(bytes)));
    }

    /** Where an IPv6 address carries one of IPv4: translated (64:ff9b::/96), mapped or compatible at its end, 6to4 after its first two bytes. */
    private static int carried(byte[] bytes) {
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return 2;
        }
        boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
        boolean empty = Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
        return translated || empty ? 12 : 0;
    }

    private static InetAddress carriedBy(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
