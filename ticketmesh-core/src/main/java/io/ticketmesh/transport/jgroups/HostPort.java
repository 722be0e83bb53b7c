package io.ticketmesh.transport.jgroups;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** A host by name or address, and a port: {@code host}, {@code host:7810}, {@code [::1]:7810}. */
record HostPort(String host, int port) {
    /** @throws IllegalArgumentException when {@code text} has another form */
    static HostPort parse(String text, int defaultPort) {
        String member = text.strip();
        int colon = member.lastIndexOf(':');
        boolean bracketed = member.startsWith("[");
        boolean hasPort = colon > member.indexOf(']') && (bracketed || member.indexOf(':') == colon);
        String host = hasPort ? member.substring(0, colon) : member;
        int port = hasPort ? port(member.substring(colon + 1)) : defaultPort;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("ticketmesh.mesh.members holds '" + text + "', which is not host:port");
        }
        return new HostPort(host, port);
    }

    /** All addresses of the host now; none when it has none. Waits for the name service. */
    Stream<InetSocketAddress> resolve() {
        try {
            return List.of(InetAddress.getAllByName(host)).stream()
                    .map(address -> new InetSocketAddress(address, port));
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }

    private static int port(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
