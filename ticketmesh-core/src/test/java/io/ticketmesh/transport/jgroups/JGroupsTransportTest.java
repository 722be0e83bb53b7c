package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.transport.TransportListener;
import io.ticketmesh.transport.jgroups.TestMesh.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TP;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on loopback. */
class JGroupsTransportTest {
    private final TestMesh mesh = new TestMesh();

    @AfterEach
    void close() {
        mesh.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void membersExchangeEveryKindOfMessage(String kind) {
        Node alice = node(kind);
        Node bob = node(kind);
        Node carol = node(kind);
        mesh.awaitGroup();

        for (Message message : everyKind(alice)) {
            alice.sendToAll(message);
            bob.inbox().awaitMessage(alice.self(), message);
            carol.inbox().awaitMessage(alice.self(), message);
            bob.send(alice, message);
            alice.inbox().awaitMessage(bob.self(), message);
        }
        assertThat(carol.inbox().all()).allMatch(incoming -> incoming.from().equals(alice.self()));
        assertThat(bob.transport().status().kind()).isEqualTo(kind);
        assertThat(bob.transport().status().members()).isEqualTo(3);
        assertThat(bob.transport().status().packetsRejected()).isZero();
        assertThat(bob.transport().status().messagesDropped()).isZero();
        assertThat(bob.transport().status().messagesUnreadable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void whatIsLargeArrivesWhole(String kind) {
        Node alice = node(kind);
        Node bob = node(kind);
        mesh.awaitGroup();
        introduce(alice, bob);

        List<Message> parts = List.of(
                mesh.notebook.sized(ack(1), 100_000),
                mesh.notebook.sized(ack(2), 1 << 20),
                mesh.notebook.sized(ack(3), 8 << 20),
                ack(4));
        parts.forEach(part -> {
            bob.send(alice, part);
            alice.inbox().awaitMessage(bob.self(), part);
        });

        Inbox.await("the queue to drain", () -> bob.transport().status().queueBytes() == 0);
        assertThat(bob.transport().status().messagesDropped()).isZero();
        assertThat(alice.transport().status().messagesUnreadable()).isZero();
    }

    @Test
    void aHintThatIsTooLargeForAMulticastIsLeftToTheDigest() {
        Node alice = mesh.udp();
        Node bob = mesh.udp();
        mesh.awaitGroup();

        alice.sendToAll(mesh.notebook.sized(new Message.Hint(List.of(), false), 48_000));
        alice.sendToAll(mesh.notebook.sized(ack(1), 48_000));
        alice.sendToAll(ack(2));

        bob.inbox().awaitMessage(alice.self(), ack(2));
        assertThat(bob.inbox().all()).hasSize(1);
        assertThat(alice.transport().status().messagesDropped())
                .as("the acknowledgement")
                .isEqualTo(1);
    }

    @Test
    void aMessageForOneWhoseAddressIsNotKnownReachesOnlyThatOne() {
        Node alice = mesh.udp();
        Node bob = mesh.udp();
        Node carol = mesh.udp();
        mesh.awaitGroup();

        alice.send(bob, ack(1));
        alice.sendToAll(ack(2));

        bob.inbox().awaitMessage(alice.self(), ack(1));
        carol.inbox().awaitMessage(alice.self(), ack(2));
        assertThat(carol.inbox().all()).hasSize(1);
    }

    @Test
    void theListenerHearsWhoComesAndGoes() {
        Node alice = mesh.udp();
        alice.inbox().awaitMembers(1);
        Node bob = mesh.udp();
        alice.inbox().awaitMembers(2);
        bob.inbox().awaitMembers(2);

        bob.transport().close();

        alice.inbox().awaitMembers(1);
        alice.inbox().awaitMessage(bob.self(), new Message.Bye());
    }

    @Test
    void aFailingListenerIsCountedAndDoesNotHarmTheOthers() {
        Node alice = mesh.udp();
        Inbox inbox = new Inbox();
        MeshOptions options = MeshOptions.of(mesh.cluster, settings -> settings.bindPort(0));
        Node bob = mesh.start(options, TestMesh.BRISK, inbox, new TransportListener() {
            @Override
            public void received(Origin from, Message message) {
                if (message.equals(ack(1))) {
                    throw new IllegalStateException("a listener that fails");
                }
                inbox.received(from, message);
            }

            @Override
            public void groupChanged(int members) {
                inbox.groupChanged(members);
            }
        });
        mesh.awaitGroup();

        alice.sendToAll(ack(1));
        alice.sendToAll(ack(2));

        inbox.awaitMessage(alice.self(), ack(2));
        Inbox.await("the count", () -> bob.transport().status().messagesUnreadable() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aMemberThatTakesNothingHoldsUpNobody(String kind) throws InterruptedException {
        Node alice = node(kind);
        Node bob = node(kind);
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        Inbox inbox = new Inbox();
        Node carol = mesh.start(options(kind, bob), TestMesh.BRISK, inbox, (from, message) -> {
            inbox.received(from, message);
            if (message.equals(ack(-1))) {
                asleep.countDown();
                awaitQuietly(awake);
            }
        });
        alice.inbox().awaitMembers(3);
        introduce(bob, alice);
        introduce(carol, alice);
        alice.send(carol, ack(-1));
        asleep.await();

        long began = System.nanoTime();
        for (int i = 1; i <= 10; i++) {
            alice.send(carol, mesh.notebook.sized(ack(1_000 + i), 1 << 20));
            alice.send(bob, mesh.notebook.sized(ack(i), 100_000));
            bob.inbox().awaitMessage(alice.self(), ack(i));
        }
        long tookMillis = (System.nanoTime() - began) / 1_000_000;

        assertThat(inbox.all()).doesNotContain(new Incoming(alice.self(), ack(1_010)));
        assertThat(tookMillis).isLessThan(10_000);
        assertThat(alice.transport().status().messagesDropped()).isPositive();
        awake.countDown();
        Inbox.await("carol's lane to move", () -> {
            alice.send(carol, ack(2_000));
            return inbox.all().contains(new Incoming(alice.self(), ack(2_000)));
        });
    }

    @Test
    void membersFromAListFindEachOther() throws Exception {
        List<Integer> ports = freePorts(2);
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        for (int port : ports) {
            MeshOptions options = MeshOptions.of(
                    mesh.cluster,
                    settings ->
                            settings.bindPort(port).discovery(Discovery.STATIC).members(members));
            mesh.start(options, TestMesh.BRISK);
        }

        mesh.awaitGroup();
    }

    /** As a process that is stopped: the system takes its connections, and nobody speaks. */
    @Test
    void aHostThatTakesConnectionsAndSaysNothingHoldsUpNobody() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, BindAddress.loopback())) {
            InetSocketAddress silentAddress = new InetSocketAddress(BindAddress.loopback(), silent.getLocalPort());
            Node alice = mesh.tcp(settings -> settings.registry(() -> List.of(silentAddress)));
            Node bob = mesh.tcp(settings -> settings.registry(
                    () -> List.of(silentAddress, new InetSocketAddress(BindAddress.loopback(), alice.port()))));
            mesh.awaitGroup();

            alice.sendToAll(ack(1));

            bob.inbox().awaitMessage(alice.self(), ack(1));
        }
    }

    /** With one thread for all of them a member that was stopped kept everything from the others for as long as it was asked. */
    @Test
    void overTcpEachDestinationHasItsOwnThread() {
        TP transport = (TP) Stack.tcp(
                        MeshOptions.of(mesh.cluster, settings -> settings),
                        List::of,
                        new SealedSockets(
                                MeshOptions.of(mesh.cluster, settings -> settings)
                                        .seal(),
                                100),
                        new UnicastCredits(1_000),
                        TestMesh.BRISK)
                .get(0);

        assertThat(((PerDestinationBundler) transport.getBundler()).useSingleSenderThread())
                .isFalse();
    }

    @Test
    void withoutMulticastsLocalNodesMeetOverTcp() throws Exception {
        int port = freePorts(1).get(0);
        MeshOptions options = MeshOptions.of(mesh.cluster, settings -> settings.bindPort(port));
        Tuning deaf = withProbe((group, bindAddress) -> false);
        Node alice = mesh.start(options, deaf);
        Node bob = mesh.start(options, deaf);
        mesh.awaitGroup();

        bob.sendToAll(ack(1));

        alice.inbox().awaitMessage(bob.self(), ack(1));
        assertThat(alice.transport().status().kind()).isEqualTo("tcp");
        assertThat(alice.port()).isNotEqualTo(bob.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void closingLeavesNoThreadAndTakesLessThanFiveSeconds(String kind) {
        Set<String> before = threads();
        Node alice = node(kind);
        Node bob = node(kind);
        mesh.awaitGroup();
        assertThat(threads()).anyMatch(name -> name.contains("ticketmesh-send"));

        for (Node node : List.of(alice, bob)) {
            long began = System.nanoTime();
            node.transport().close();
            assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
            node.transport().close();
        }

        Inbox.await(
                "threads to end, left are " + leftOver(before),
                () -> leftOver(before).isEmpty());
        assertThat(alice.transport().status().kind()).isEqualTo("closed");
        alice.sendToAll(ack(1));
    }

    @Test
    void aTakenPortIsSaidAndNothingIsLeftOpen() throws Exception {
        Set<String> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, BindAddress.loopback())) {
            MeshOptions options = MeshOptions.of(
                    mesh.cluster,
                    settings -> settings.bindPort(taken.getLocalPort())
                            .portRange(0)
                            .discovery(Discovery.STATIC)
                            .members(List.of("127.0.0.1:" + taken.getLocalPort())));

            assertThatThrownBy(() -> mesh.start(options, TestMesh.BRISK))
                    .isInstanceOf(MeshUnavailableException.class)
                    .hasMessageContaining("ticketmesh.mesh.bind-address");
        }
        Inbox.await(
                "threads to end, left are " + leftOver(before),
                () -> leftOver(before).isEmpty());
    }

    private Node node(String kind) {
        return kind.equals("udp") ? mesh.udp() : mesh.tcp();
    }

    private MeshOptions options(String kind, Node known) {
        return MeshOptions.of(
                mesh.cluster,
                settings -> kind.equals("udp")
                        ? settings.bindPort(0)
                        : settings.bindPort(0)
                                .discovery(Discovery.REGISTRY)
                                .registry(() -> List.of(new InetSocketAddress(BindAddress.loopback(), known.port()))));
    }

    /** From now on {@code other} knows the address of {@code node}. */
    private void introduce(Node node, Node other) {
        Message greeting = ack(-100 - node.port());
        Inbox.await("a greeting from " + node.self(), () -> {
            node.sendToAll(greeting); // lost while it has not heard of the group itself
            return other.inbox().all().contains(new Incoming(node.self(), greeting));
        });
    }

    static Message.Ack ack(long sequence) {
        return new Message.Ack(new Origin(new NodeId(1, 2), 3), sequence);
    }

    private static List<Message> everyKind(Node node) {
        return List.of(
                new Message.Hello(new Member(node.self().node(), "alice", 1, 1, 0), Roster.EMPTY, 1),
                new Message.Hint(List.of(), true),
                ack(7),
                new Message.Digest(VersionSummary.whole(VersionVector.EMPTY), VersionVector.EMPTY, false),
                new Message.Pull(List.of()),
                new Message.Operations(List.of()),
                new Message.SnapshotRequest(null, null, Set.of(1)),
                new Message.SnapshotPart(VersionVector.EMPTY, null, null, Set.of(), List.of()),
                new Message.ContentSums(
                        VersionSummary.whole(VersionVector.EMPTY),
                        LongStream.range(0, 256).boxed().toList()),
                new Message.Bye());
    }

    private static Tuning withProbe(MulticastProbe probe) {
        Tuning brisk = TestMesh.BRISK;
        return new Tuning(
                brisk.joinMillis(),
                brisk.mergeMinMillis(),
                brisk.mergeMaxMillis(),
                brisk.silenceMillis(),
                brisk.handshakeMillis(),
                brisk.stuckMillis(),
                brisk.laneMillis(),
                brisk.queueBytes(),
                brisk.creditBytes(),
                probe,
                brisk.datagramSockets());
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, BindAddress.loopback()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }

    private static Set<String> leftOver(Set<String> before) {
        Set<String> names = threads();
        names.removeAll(before);
        names.removeIf(name -> name.startsWith("junit") || name.startsWith("ForkJoin") || name.startsWith("Attach"));
        return names;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
