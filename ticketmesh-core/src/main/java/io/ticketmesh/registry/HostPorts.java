package io.ticketmesh.registry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where registries may be: a host by name or address, and ports. {@code host:7840}, {@code host}, {@code [::1]:7840}. Without a port
 * all of the range are meant.
 */
record HostPorts(String host, int firstPort, int lastPort) {
    /** @throws IllegalArgumentException when {@code text} has another form */
    static HostPorts parse(String text, int firstPort, int lastPort) {
        String place = text.strip();
        int colon = place.lastIndexOf(':');
        boolean bracketed = place.startsWith("[");
        boolean hasPort = colon > place.indexOf(']') && (bracketed || place.indexOf(':') == colon);
        String host = hasPort ? place.substring(0, colon) : place;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(place.substring(colon + 1)) : firstPort;
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "The registries hold '" + text + "', which is neither host:port nor a host");
        }
        return new HostPorts(host, port, hasPort ? port : lastPort);
    }

    /** Whether no name service has to be asked. */
    boolean isAddress() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** All addresses now; none when the host has none. Waits for the name service, unless it is an address. */
    List<InetSocketAddress> resolve() {
        List<InetSocketAddress> resolved = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                IntStream.rangeClosed(firstPort, lastPort)
                        .forEach(port -> resolved.add(new InetSocketAddress(address, port)));
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return resolved;
    }

    private static int port(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
