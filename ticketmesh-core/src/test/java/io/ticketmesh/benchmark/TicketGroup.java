package io.ticketmesh.benchmark;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.node.EventListener;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes of TicketMesh, each with a directory. A write is durable on the first when it returns, and on another when that hears of it. */
final class TicketGroup implements Group {
    private final List<TicketMesh> nodes = new ArrayList<>();
    private final Desk desk;
    private final Arrivals arrivals;

    /** @param cluster a name that nobody else on this machine uses */
    TicketGroup(int size, String cluster, Path directory) throws InterruptedException {
        arrivals = new Arrivals(size - 1);
        for (int node = 0; node < size; node++) {
            Path home = directory.resolve("node-" + node);
            TicketMesh mesh = TicketMesh.open(
                    builder -> builder.directory(home).mesh(MeshOptions.of(cluster, settings -> settings)));
            nodes.add(mesh);
            if (node > 0) {
                mesh.subscribe(new Ear(arrivals, node - 1));
            }
        }
        desk = new Desk(nodes.get(0));
        Quiet.until(
                "all nodes know each other",
                () -> nodes.stream()
                        .allMatch(mesh -> mesh.network().members() == size
                                && mesh.status().active() == size));
    }

    private record Ear(Arrivals arrivals, int node) implements EventListener {
        @Override
        public void ticketChanged(TicketEvent event) {
            arrivals.heard(node);
        }

        @Override
        public void eventsMissed() {
            System.err.println("A listener was too slow; its node cannot be waited for any more");
        }
    }

    /** What one ticket is in messages; creates one. */
    byte[] operation() throws Exception {
        arrivals.expect(arrivals.least() + 1);
        byte[] operation = desk.operation();
        arrivals.await(Duration.ofSeconds(30));
        return operation;
    }

    /** How the nodes speak: udp or tcp. */
    String network() {
        return nodes.get(0).network().kind();
    }

    @Override
    public String name() {
        return "TicketMesh, durable on all";
    }

    @Override
    public void write() {
        desk.create();
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void check() {
        if (nodes.stream().map(TicketMesh::digest).distinct().count() != 1) {
            throw new IllegalStateException("Nodes hold different tickets");
        }
    }

    @Override
    public void close() {
        nodes.subList(1, nodes.size()).forEach(TicketMesh::close);
        desk.close();
    }
}
