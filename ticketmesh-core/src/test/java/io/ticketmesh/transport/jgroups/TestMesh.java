package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.transport.TransportListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jgroups.util.DefaultSocketFactory;

/** Transports of one test on loopback, under a name that no other test has. Short times, any ports. */
final class TestMesh implements AutoCloseable {
    static final Tuning BRISK = new Tuning(
            300,
            200,
            600,
            3_000,
            500,
            1_000,
            5_000,
            32 << 20,
            256 << 10,
            MulticastProbe.within(500),
            new DefaultSocketFactory());

    final String cluster = "test-" + UUID.randomUUID();
    final Notebook notebook = new Notebook();
    private final List<Node> nodes = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new CopyOnWriteArrayList<>();

    /** A transport with who it is and what it heard. */
    record Node(Origin self, JGroupsTransport transport, Inbox inbox) {
        void sendToAll(Message message) {
            transport.send(new Outgoing(null, message));
        }

        void send(Node target, Message message) {
            transport.send(new Outgoing(target.self, message));
        }

        int port() {
            return transport.status().port();
        }
    }

    Node udp() {
        return udp(settings -> settings);
    }

    Node udp(UnaryOperator<MeshOptions.Builder> settings) {
        return start(MeshOptions.of(cluster, builder -> settings.apply(builder.bindPort(0))), BRISK);
    }

    Node tcp() {
        return tcp(settings -> settings);
    }

    Node tcp(UnaryOperator<MeshOptions.Builder> settings) {
        return start(
                MeshOptions.of(
                        cluster,
                        builder -> settings.apply(builder.bindPort(0)
                                .discovery(Discovery.REGISTRY)
                                .registry(() -> List.copyOf(addresses)))),
                BRISK);
    }

    Node start(MeshOptions options, Tuning tuning) {
        return start(options, tuning, new Inbox());
    }

    Node start(MeshOptions options, Tuning tuning, Inbox inbox) {
        return start(options, tuning, inbox, inbox);
    }

    Node start(MeshOptions options, Tuning tuning, Inbox inbox, TransportListener listener) {
        Origin self = origin();
        JGroupsTransport transport = new JGroupsTransport(self, options, notebook::encode, notebook::decode, tuning);
        Node node = new Node(self, transport, inbox);
        nodes.add(node);
        transport.start(listener);
        addresses.add(new InetSocketAddress(options.bindAddress(), node.port()));
        return node;
    }

    static Origin origin() {
        UUID id = UUID.randomUUID();
        return new Origin(new NodeId(id.getMostSignificantBits(), id.getLeastSignificantBits()), 1);
    }

    void awaitGroup() {
        nodes.forEach(node -> node.inbox().awaitMembers(nodes.size()));
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.transport().close());
    }
}
