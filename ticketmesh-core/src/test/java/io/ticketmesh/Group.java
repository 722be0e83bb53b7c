package io.ticketmesh;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.transport.MemoryNetwork;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Nodes with real threads on one network, which can be cut and healed. */
final class Group implements AutoCloseable {
    private static final Schedule QUICK = new Schedule(
            Duration.ofMillis(30),
            Duration.ofMillis(60),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(60),
            64);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<TicketMesh> nodes = new ArrayList<>();
    private final Object commits = new Object();
    private volatile boolean cut;

    TicketMesh open() {
        return open(builder -> {});
    }

    TicketMesh open(Consumer<TicketMesh.Builder> configuration) {
        TicketMesh node = TicketMesh.open(builder -> {
            builder.transport(this::join).schedule(QUICK);
            configuration.accept(builder);
        });
        node.subscribe(event -> {
            synchronized (commits) {
                commits.notifyAll();
            }
        });
        nodes.add(node);
        return node;
    }

    /** From now on nobody hears anybody. */
    void cut() {
        cut = true;
    }

    void heal() {
        cut = false;
    }

    /** Waits until all open nodes hold the same, or fails. */
    void converge() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (commits) {
            while (!equal()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not converged after " + PATIENCE + ": "
                            + nodes.stream().map(TicketMesh::version).toList());
                }
                commits.wait(20); // an event may come before the version that it brings is looked at
            }
        }
    }

    private boolean equal() {
        return nodes.stream().map(TicketMesh::version).distinct().count() == 1;
    }

    private Transport join(Origin origin) {
        Transport wire = network.join(origin);
        return new Transport() {
            @Override
            public void start(TransportListener listener) {
                wire.start(listener);
            }

            @Override
            public void send(Outgoing message) {
                if (!cut) {
                    wire.send(message);
                }
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    @Override
    public void close() {
        nodes.forEach(TicketMesh::close);
    }
}
