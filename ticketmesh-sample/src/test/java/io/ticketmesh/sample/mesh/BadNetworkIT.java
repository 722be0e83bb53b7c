package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Three processes whose sockets lose and repeat datagrams, and do not hear those of some. */
@Tag("kill")
@EnabledOnOs(OS.LINUX) // multicasts on loopback
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadNetworkIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    /** While three of ten datagrams are lost. Those that would tell what is missing are lost too, and come again after 5 s. */
    private static final Duration EVENTUALLY = Duration.ofSeconds(60);
    /** Longer than the silence after which a member is suspected, and the time to verify that. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Of all nodes together for each ticket; about 1.0 without loss, and 1.1 with it, because answers are bundled. */
    private static final long PACKETS_A_WRITE = 3;
    /** Likewise; about 280 without loss and 1,700 with it: what comes behind a gap is asked for with it. */
    private static final long BYTES_A_WRITE = 6_000;
    /** Of all nodes together when nobody writes; about 3, with loss and without. */
    private static final long PACKETS_A_SECOND = 30;

    @TempDir
    Path directory;

    private Nodes start() throws IOException {
        Nodes nodes = new Nodes(directory, Program.TROUBLED);
        for (String name : List.of("alice", "bob", "carol")) {
            nodes.add(name);
        }
        nodes.startAll();
        for (SampleNode node : nodes.all()) {
            assertThat(node.<String>read("/ticketmesh/mesh", "$.network.kind")).isEqualTo("udp");
        }
        return nodes;
    }

    @Test
    void threeOfTenDatagramsLostAndAsManyRepeatedEndInOneStateWithoutAStorm() throws Exception {
        try (Nodes nodes = start()) {
            nodes.trouble("loss=0.3&repetition=0.3");
            long packets = nodes.sent();
            long bytes = nodes.sentBytes();
            long begin = System.nanoTime();
            int written;
            try (Load load = Load.on(nodes.all(), 6, PAUSE)) {
                Waiting.pass(LONG);
                load.end();
                nodes.awaitEqual(EVENTUALLY);
                written = load.written();
            }
            assertThat(written).as("writes, enough to count by").isGreaterThan(100);
            assertThat(nodes.sent() - packets)
                    .as("packets for %s writes", written)
                    .isLessThan(PACKETS_A_WRITE * written + PACKETS_A_SECOND * secondsSince(begin));
            assertThat(nodes.sentBytes() - bytes)
                    .as("bytes for %s writes", written)
                    .isLessThan(BYTES_A_WRITE * written);

            packets = nodes.sent();
            begin = System.nanoTime();
            Waiting.pass(Duration.ofSeconds(5));
            assertThat(nodes.sent() - packets).as("packets at rest").isLessThan(PACKETS_A_SECOND * secondsSince(begin));

            for (SampleNode node : nodes.all()) {
                assertThat(node.<Integer>read("/troubles", "$.lost")).isPositive();
                assertThat(node.mesh("$.network.packetsReplayed"))
                        .as("repeated packets")
                        .isPositive();
                assertThat(node.mesh("$.network.messagesUnreadable")).isZero();
                assertThat(new HashSet<>(node.ids())).hasSize(written);
                assertThat(node.living()).isEqualTo(written);
            }
            nodes.trouble("loss=0&repetition=0");
            nodes.get(0).create("Afterwards");
            nodes.awaitEqual(SOON);
        }
    }

    private static long secondsSince(long begin) {
        return 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    @Test
    void whoDoesNotHearOneHasAllFromTheOtherAndWhoHearsNobodyIsHeard() throws Exception {
        try (Nodes nodes = start()) {
            SampleNode alice = nodes.get(0);
            SampleNode bob = nodes.get(1);
            SampleNode carol = nodes.get(2);
            carol.trouble("deafTo=" + alice.meshPort());
            try (Load load = Load.on(nodes.all(), 3, PAUSE)) {
                Waiting.pass(LONG);
                load.end();
                nodes.awaitEqual(SOON);
                assertThat(carol.living()).isEqualTo(load.written());
            }
            assertThat(carol.<Integer>read("/troubles", "$.lost")).isPositive();

            carol.trouble("deafTo=" + alice.meshPort() + "," + bob.meshPort());
            String unheard = alice.create("Not heard");
            Waiting.pass(LONG);
            String heard = carol.create("Heard");
            Waiting.until(SOON, () -> "carol is not heard", () -> alice.has(heard) && bob.has(heard));
            assertThat(carol.has(unheard)).isFalse();

            carol.trouble("deafTo=");
            nodes.awaitEqual(SOON);
            assertThat(carol.has(unheard)).isTrue();
            assertThat(carol.digest()).isEqualTo(alice.digest());
        }
    }
}
