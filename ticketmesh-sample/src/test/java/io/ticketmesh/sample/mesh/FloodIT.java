package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes with a secret, one of which is flooded at every port, that of its web server too, by somebody who does not have
 * the secret. How much slower it gets is measured by {@link FloodBenchmark}, not tested.
 */
@Tag("kill")
@Tag("alone")
@EnabledOnOs(OS.LINUX) // multicasts on loopback, and 127.0.0.2
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FloodIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** How often a heap is measured for its smallest size. */
    private static final int HEAPS = 4;

    /** What the heap of the flooded node may grow by, once it has what it needs for that many connections. */
    private static final long FLAT_BYTES = 8L << 20;

    /** What a member says to a recorded beginning of a connection, once: 33 bytes, sealed. */
    private static final int ANSWER_BYTES = 66;

    @TempDir
    Path directory;

    @Test
    void aFloodOfDatagramsIsNotAnsweredAndChangesNothing() throws Exception {
        try (Nodes nodes = SealedNodes.overUdp(directory, Program.JAR)) {
            SampleNode target = nodes.get(0);
            InetSocketAddress group = target.multicastAddress();
            List<byte[]> recorded = SealedNodes.record(nodes, group);

            Flood flood =
                    flood(nodes, List.of(target.meshAddress(), group, target.registryAddress()), List.of(), recorded);

            assertThat(flood.answeredBytes()).isZero();
            assertThat(flood.datagrams()).isGreaterThan(10_000);
            assertThat(target.mesh("$.network.packetsRejected")).isGreaterThan(1_000);
            assertThat(target.mesh("$.network.packetsReplayed")).isGreaterThan(1_000);
        }
    }

    @Test
    void aFloodOfConnectionsIsNotAnsweredAndChangesNothing() throws Exception {
        try (ServerSocket listed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Nodes nodes = SealedNodes.overTcp(directory, Program.JAR, listed)) {
            SampleNode target = nodes.get(0);
            List<byte[]> recorded = Eavesdropper.calls(listed, 4);

            Flood flood = flood(nodes, List.of(target.registryAddress()), List.of(target.meshAddress()), recorded);

            assertThat(flood.answeredBytes()).isLessThanOrEqualTo(recorded.size() * ANSWER_BYTES);
            assertThat(flood.connections()).isGreaterThan(1_000);
            assertThat(target.mesh("$.network.packetsRejected")).isGreaterThan(1_000);
            assertThat(target.mesh("$.network.packetsReplayed")).isPositive();
        }
    }

    /** Floods all ports for some time, then while all nodes are written to; returns the flood of the mesh's own ports. */
    private static Flood flood(
            Nodes nodes, List<InetSocketAddress> udp, List<InetSocketAddress> tcp, List<byte[]> recorded)
            throws Exception {
        SampleNode target = nodes.get(0);
        int before = target.living();
        try (Flood flood = new Flood(udp, tcp, recorded);
                Flood ofWebServer = new Flood(List.of(), List.of(target.webAddress()), recorded)) {
            Waiting.pass(Duration.ofSeconds(4));
            long heap = smallestHeap(target);
            Waiting.pass(Duration.ofSeconds(10));
            assertThat(smallestHeap(target) - heap)
                    .as("growth of a heap of %s bytes", heap)
                    .isLessThan(FLAT_BYTES);
            assertThat(target.living()).isEqualTo(before);

            try (Load load = Load.on(nodes.all(), 6, PAUSE)) {
                Waiting.pass(Duration.ofSeconds(10));
                load.end();
                nodes.awaitEqual(SOON);
                requireOnly(nodes, before + load.written());
            }
            flood.end();
            ofWebServer.end();
            return flood;
        }
    }

    /** Without the connections that happen to wait in the web server: they come and go by the thousand, what grows stays. */
    private static long smallestHeap(SampleNode node) throws IOException, InterruptedException {
        long smallest = node.heapBytes();
        for (int i = 1; i < HEAPS; i++) {
            Waiting.pass(Duration.ofSeconds(1));
            smallest = Math.min(smallest, node.heapBytes());
        }
        return smallest;
    }

    private static void requireOnly(Nodes nodes, int tickets) throws IOException {
        for (SampleNode node : nodes.all()) {
            assertThat(node.living()).isEqualTo(tickets);
            assertThat(node.mesh("$.members.length()")).isEqualTo(nodes.all().size());
            assertThat(node.mesh("$.version.length()")).isEqualTo(nodes.all().size());
            assertThat(node.mesh("$.network.membersInGroup"))
                    .isEqualTo(nodes.all().size());
            assertThat(node.mesh("$.network.messagesUnreadable")).isZero();
        }
    }
}
