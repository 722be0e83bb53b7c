package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Sha256;
import java.net.URI;
import java.util.Locale;

/**
 * A server that answers the REST API. Sorted by node, so that all clients that know the same servers have them in the same order.
 *
 * @param node who it is
 * @param incarnation which run of the node; a new one is not blamed for what an older one did
 * @param address where it answers: {@code http} or {@code https}, host, port, and the path before {@code /tickets}, if there is one
 * @param draining whether it is about to leave: it is asked nothing new while another can be asked
 */
public record Server(NodeId node, long incarnation, URI address, boolean draining) implements Comparable<Server> {
    /**
     * @throws IllegalArgumentException when the address is not absolute, neither http nor https, or has a query or fragment
     */
    public Server {
        String scheme = address.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || address.getHost() == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The address of a server is like http://host:8080 or https://host/path, not '" + address + "'");
        }
        String text = address.toString();
        if (text.endsWith("/")) {
            address = URI.create(text.replaceAll("/+$", ""));
        }
    }

    /** A server of which nothing is known but its address; its node id is derived from that. */
    public static Server at(URI address) {
        URI bare = new Server(new NodeId(0, 0), 0, address, false).address();
        Sha256 name = Sha256.ofNames("server", bare.toString().toLowerCase(Locale.ROOT));
        return new Server(new NodeId(name.high(), name.low()), 0, bare, false);
    }

    /** By node, then incarnation, then address. */
    @Override
    public int compareTo(Server other) {
        int byNode = node.compareTo(other.node);
        int byRun = byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
        return byRun != 0 ? byRun : address.compareTo(other.address);
    }

    /** Whether both are the same run of the same node at the same address, draining or not. */
    boolean isSameRun(Server other) {
        return compareTo(other) == 0;
    }

    /** Its address. */
    @Override
    public String toString() {
        return address.toString();
    }
}
