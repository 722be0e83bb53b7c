package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Three processes that share a secret, and what one without it can get. */
final class SealedNodes {
    private static final int COUNT = 3;
    private static final List<String> SEALED =
            List.of("--ticketmesh.mesh.secret=a secret of three nodes", "--ticketmesh.mesh.bind-address=127.0.0.1");

    private SealedNodes() {}

    static Nodes overUdp(Path directory, Program program) throws IOException {
        Nodes nodes = new Nodes(directory, program, SEALED.toArray(String[]::new));
        for (int i = 0; i < COUNT; i++) {
            nodes.add("node-" + i);
        }
        return nodes.startAll();
    }

    /** @param stranger listed as if it were a member's, so that members call it */
    static Nodes overTcp(Path directory, Program program, ServerSocket stranger) throws IOException {
        return Nodes.startListed(directory, program, COUNT, SEALED, "127.0.0.1:" + stranger.getLocalPort());
    }

    /** Multicasts of members that are written to. */
    static List<byte[]> record(Nodes nodes, InetSocketAddress group) throws Exception {
        try (Load load = Load.on(nodes.all(), COUNT, Duration.ofMillis(20))) {
            List<byte[]> recorded = Eavesdropper.datagrams(group, 100);
            load.end();
            return recorded;
        }
    }
}
