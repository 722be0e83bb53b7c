package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.attachment.BytesAwayException;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentView;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.transport.jgroups.Discovery;
import io.ticketmesh.transport.jgroups.JGroupsTransport;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
        assertThatBytesArrive(here, there, ticket.id().toString());
    }

    /** The largest that there can be, and many small ones. */
    private void assertThatBytesArrive(TicketMesh here, TicketMesh there, String ticket) throws InterruptedException {
        byte[] content = new byte[(int) Attachment.MAX_BYTES];
        new Random(1).nextBytes(content);
        here.tickets().attach(ticket, "largest.bin", new ByteArrayInputStream(content));
        for (int i = 1; i < 20; i++) {
            there.tickets().attach(ticket, i + ".txt", new ByteArrayInputStream(new byte[] {(byte) ('a' + i)}));
        }
        group.converge();
        for (TicketMesh node : List.of(here, there)) {
            List<AttachmentView> all = node.tickets().attachments(ticket);
            assertThat(all).hasSize(20);
            Waiting.until(() -> all.stream().allMatch(attachment -> isHere(node, attachment)));
            assertThat(read(node, ticket, all.get(0))).isEqualTo(content);
        }
    }

    private static boolean isHere(TicketMesh node, AttachmentView attachment) {
        try {
            node.attachments().require(attachment.file());
            return true;
        } catch (BytesAwayException underWay) {
            return false;
        }
    }

    private static byte[] read(TicketMesh node, String ticket, AttachmentView attachment) {
        try (InputStream content = node.tickets().openAttachment(ticket, attachment.id())) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
