package io.ticketmesh.client;

import io.ticketmesh.TicketEdit;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.VersionToken;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** What servers show in tests. */
final class Shown {
    private Shown() {}

    /** A ticket as a server writes it. */
    static String ticket(String title) {
        return ticket(title, edit -> {});
    }

    static String ticket(String title, Consumer<TicketEdit> details) {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            return json(mesh.tickets("alice").create(title, details));
        }
    }

    static String json(TicketView ticket) {
        return JsonWriter.text(json -> TicketJson.at(Instant.EPOCH).write(json, ticket));
    }

    /** The token of having seen so many operations of a node. */
    static String token(int node, long operations) {
        Origin origin = new Origin(new NodeId(7, node), 1_000 + node);
        return VersionToken.of(VersionVector.of(Map.of(origin, operations)), origin);
    }

    static String token(VersionVector version) {
        return VersionToken.of(version, version.entries().firstKey());
    }

    /** An address where nobody listens. */
    static URI nowhere() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
