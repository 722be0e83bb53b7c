package io.ticketmesh.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses webhooks may connect to: those of the public internet, and what the operator allows besides. It is asked about
 * the very address that is then connected to, so no name can lead anywhere else, whatever it resolved to before. Immutable.
 *
 * <p>The ranges are those of IANA's registries of special-purpose addresses (RFC 6890) that are not globally reachable, and those that
 * carry an IPv4 address inside, which would be a way around.
 */
public final class AddressGuard {
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /** All of IPv6 that is given out to be reached from everywhere. */
    private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");

    private final List<Network> allowed;

    private AddressGuard(List<Network> allowed) {
        this.allowed = allowed;
    }

    /**
     * @param allowed networks that may be connected to although they are not public, and without TLS, such as {@code 10.1.0.0/16}
     * @throws IllegalArgumentException when one of them is no network
     */
    public static AddressGuard allowing(List<String> allowed) {
        return new AddressGuard(networks(allowed.toArray(String[]::new)));
    }

    private static List<Network> networks(String... texts) {
        return List.of(texts).stream().map(Network::parse).toList();
    }

    /**
     * Why nothing may be sent to that address, as the rest of a sentence; null when it may.
     *
     * @param secure whether it would be sent by TLS
     */
    @Nullable
    String refusal(InetAddress address, boolean secure) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return null;
        }
        boolean inside = address instanceof Inet4Address || GLOBAL_IPV6.contains(address);
        if (!inside || SPECIAL.stream().anyMatch(network -> network.contains(address))) {
            return "leads to " + address.getHostAddress()
                    + ", which is no public address and in none of the allowed networks";
        }
        return secure ? null : "must begin with https: only allowed networks are reached by http";
    }
}
