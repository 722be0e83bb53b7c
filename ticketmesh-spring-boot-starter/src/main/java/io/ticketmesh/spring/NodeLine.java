package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.transport.TransportStatus;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What people want to know of a node that was just opened, in one line. */
final class NodeLine {
    private NodeLine() {}

    /** Like {@code TicketMesh 0.1.0 is node 1a2b3c4d, tickets in /var/lib/desk; mesh at 127.0.0.1:7810 (udp), nobody else yet}. */
    static String of(TicketMesh node) {
        return "TicketMesh " + TicketMeshVersion.text() + " is node "
                + node.nodeId().shortName() + ", tickets " + place(node.directory()) + "; " + mesh(node);
    }

    private static String place(@Nullable Path directory) {
        return directory == null ? "in memory only" : "in " + directory.toAbsolutePath();
    }

    private static String mesh(TicketMesh node) {
        if (node.registryOptions().isEmpty()) {
            return "alone, no mesh is set";
        }
        TransportStatus network = node.network();
        int others = network.members() - 1;
        return "mesh at " + network.address() + ":" + network.port() + " (" + network.kind() + "), "
                + (others == 0 ? "nobody else yet" : others == 1 ? "1 other" : others + " others");
    }
}
