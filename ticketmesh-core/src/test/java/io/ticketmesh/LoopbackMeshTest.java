package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.transport.jgroups.Discovery;
import io.ticketmesh.transport.jgroups.JGroupsTransport;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole nodes over real sockets on loopback. */
@Timeout(120)
class LoopbackMeshTest {
    private final String cluster = "test-" + UUID.randomUUID();
    private final Group group = new Group();

    @AfterEach
    void close() {
        group.close();
    }

    @Test
    void whatWasWrittenBeforeAndAfterANodeJoinsIsReadThere() throws InterruptedException {
        assertThatNodesAgree(settings -> settings.bindPort(0));
    }

    @Test
    void theSameOverTcpWithASecret() throws Exception {
        List<String> members = members(2);
        int first = Integer.parseInt(members.get(0).split(":")[1]);
        assertThatNodesAgree(settings -> settings.secret("correct horse battery")
                .bindAddress(InetAddress.getLoopbackAddress())
                .bindPort(first)
                .discovery(Discovery.STATIC)
                .members(members));
    }

    private void assertThatNodesAgree(UnaryOperator<MeshOptions.Builder> settings) throws InterruptedException {
        MeshOptions options = MeshOptions.of(cluster, settings);
        TicketMesh here = open(options);
        for (int i = 0; i < 200; i++) {
            here.tickets("alice").create("Printer " + i, edit -> edit.description("smoke ".repeat(300)));
        }
        TicketMesh there = open(options);
        group.converge();
        assertThat(there.digest()).isEqualTo(here.digest());

        TicketView ticket = there.tickets("bob").create("Toner");
        group.converge();

        assertThat(here.tickets().get(ticket.id().toString()).title()).isEqualTo("Toner");
    }

    private TicketMesh open(MeshOptions options) {
        return group.open(builder -> builder.transport(origin -> new JGroupsTransport(origin, options)));
    }

    /** Neighbouring ports, because the second node of a machine takes the next one. */
    private static List<String> members(int count) throws IOException {
        for (int first = 41_000; ; first += count) {
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (int port = first; port < first + count; port++) {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                }
                return IntStream.range(first, first + count)
                        .mapToObj(port -> "127.0.0.1:" + port)
                        .toList();
            } catch (IOException e) {
                assertThat(first).as("a free port").isLessThan(60_000);
            } finally {
                for (ServerSocket socket : sockets) {
                    socket.close();
                }
            }
        }
    }
}
