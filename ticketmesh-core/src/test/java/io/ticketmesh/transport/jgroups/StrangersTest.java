package io.ticketmesh.transport.jgroups;

import static io.ticketmesh.transport.jgroups.JGroupsTransportTest.ack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.replica.Incoming;
import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MulticastGroup;
import io.ticketmesh.transport.TransportStatus;
import io.ticketmesh.transport.jgroups.TestMesh.Node;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jgroups.JChannel;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.UDP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those may do who do not have the secret: nothing. */
class StrangersTest {
    private static final String SECRET = "correct horse battery";
    private static final String NEXT_SECRET = "staple horse battery";

    private final TestMesh mesh = new TestMesh();
    private DatagramSocket stranger;

    @BeforeEach
    void open() throws IOException {
        stranger = new DatagramSocket(new InetSocketAddress(BindAddress.loopback(), 0));
        stranger.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopbackInterface());
        stranger.setSoTimeout(50);
    }

    @AfterEach
    void close() {
        stranger.close();
        mesh.close();
    }

    @Test
    void aSerializedObjectThatBareJGroupsWouldMakeIsNeverRead() throws Exception {
        byte[] attack = serializedCanary();
        int before = Canary.MADE.get();
        QuietLog.install();
        UDP bare = new UDP();
        bare.setMulticasting(false).setBindAddr(BindAddress.loopback());
        try (JChannel channel = new JChannel(bare)) {
            channel.connect("bare");
            IpAddress address = (IpAddress) bare.localPhysicalAddress();
            send(attack, address.getPort());
            Inbox.await("bare JGroups to make the object", () -> Canary.MADE.get() == before + 1);
        }

        Node alice = mesh.udp();
        send(attack, alice.port());
        sendToGroup(attack);

        Inbox.await("the count", () -> alice.transport().status().packetsRejected() >= 2);
        assertThat(Canary.MADE).hasValue(before + 1);
    }

    @Test
    void aSerializedObjectOnAConnectionIsNeverRead() throws Exception {
        Node alice = mesh.tcp();
        int before = Canary.MADE.get();

        try (Socket socket = new Socket(BindAddress.loopback(), alice.port())) {
            socket.setSoTimeout(5_000);
            writeUntilClosed(socket, serializedCanary());
            assertIsClosedWithoutAnswer(socket);
        }

        Inbox.await("the count", () -> alice.transport().status().packetsRejected() == 1);
        assertThat(Canary.MADE).hasValue(before);
    }

    @Test
    void aFloodIsNeitherHeardNorAnswered() throws IOException {
        Node alice = mesh.udp();
        Node bob = mesh.udp();
        mesh.awaitGroup();
        Random random = new Random(3);
        byte[] honest = recordedFrom(bob);

        for (int i = 0; i < 5_000; i++) {
            byte[] packet = new byte[random.nextInt(300)];
            random.nextBytes(packet);
            if (i % 2 == 0) {
                // A known version and key, as far as they fit.
                System.arraycopy(honest, 0, packet, 0, Math.min(5, packet.length));
            }
            send(packet, alice.port());
            sendToGroup(packet);
        }

        assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[1], 1)))
                .isInstanceOf(SocketTimeoutException.class);
        bob.sendToAll(ack(1));
        alice.inbox().awaitMessage(bob.self(), ack(1));
        assertThat(alice.inbox().all())
                .containsOnly(new Incoming(bob.self(), ack(1)), new Incoming(bob.self(), ack(0)));
        TransportStatus status = alice.transport().status();
        assertThat(status.packetsRejected()).isPositive();
        assertThat(status.messagesUnreadable()).isZero();
    }

    @Test
    void replayedDatagramsChangeNothing() throws IOException {
        Node alice = mesh.udp();
        Node bob = mesh.udp();
        mesh.awaitGroup();
        byte[] recorded = recordedFrom(bob);
        alice.inbox().awaitMessage(bob.self(), ack(0));

        for (int i = 0; i < 50; i++) {
            send(recorded, alice.port());
            sendToGroup(recorded);
        }

        Inbox.await("the count", () -> alice.transport().status().packetsReplayed() >= 50);
        assertThat(alice.inbox().all()).containsExactly(new Incoming(bob.self(), ack(0)));
        assertThat(alice.transport().status().packetsRejected()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void anotherSecretNeverJoins(String kind) {
        Node alice = node(kind, SECRET, null);
        Node mallory = node(kind, NEXT_SECRET, null);

        Inbox.await(
                "the counts",
                () -> mallory.transport().status().packetsRejected() > 3
                        || alice.transport().status().packetsRejected() > 3);
        mallory.sendToAll(ack(1));
        alice.sendToAll(ack(2));
        Node bob = node(kind, SECRET, null);
        alice.inbox().awaitMembers(2);
        bob.inbox().awaitMembers(2);

        assertThat(mallory.inbox().members()).isEqualTo(1);
        assertThat(alice.inbox().all()).isEmpty();
        assertThat(mallory.inbox().all()).isEmpty();
    }

    /** The steps of exchanging a secret: each pair of neighbours among them has to understand each other. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aSecretIsExchangedWithoutLosingTheGroup(String kind) {
        String[][] steps = {
            {SECRET, null}, {SECRET, NEXT_SECRET}, {NEXT_SECRET, SECRET}, {NEXT_SECRET, null},
        };
        for (int i = 0; i + 1 < steps.length; i++) {
            try (TestMesh pair = new TestMesh()) {
                Node alice = node(pair, kind, steps[i][0], steps[i][1]);
                Node bob = node(pair, kind, steps[i + 1][0], steps[i + 1][1]);
                pair.awaitGroup();
                alice.sendToAll(ack(1));
                bob.inbox().awaitMessage(alice.self(), ack(1));
                bob.send(alice, ack(2));
                alice.inbox().awaitMessage(bob.self(), ack(2));
            }
        }
    }

    @Test
    void connectionsThatSayNothingEndAndHoldUpNobody() throws Exception {
        Node alice = mesh.tcp();
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(BindAddress.loopback(), alice.port()), 5_000);
                socket.setSoTimeout(5_000);
                silent.add(socket);
            }
            for (Socket socket : silent) {
                assertIsClosedWithoutAnswer(socket);
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        mesh.tcp();
        mesh.awaitGroup();
        Inbox.await("the count", () -> alice.transport().status().packetsRejected() >= 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 49, 50, 51, 5_000, 500_000})
    void randomBytesOnAConnectionEndIt(int length) throws IOException {
        Node alice = mesh.tcp();
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);

        try (Socket socket = new Socket(BindAddress.loopback(), alice.port())) {
            socket.setSoTimeout(5_000);
            writeUntilClosed(socket, noise);
            assertIsClosedWithoutAnswer(socket);
        }

        Inbox.await("the count", () -> alice.transport().status().packetsRejected() == 1);
    }

    private Node node(String kind, String secret, String previous) {
        return node(mesh, kind, secret, previous);
    }

    private static Node node(TestMesh mesh, String kind, String secret, String previous) {
        return kind.equals("udp")
                ? mesh.udp(settings ->
                        settings.secret(secret).previousSecret(previous).bindAddress(BindAddress.loopback()))
                : mesh.tcp(settings ->
                        settings.secret(secret).previousSecret(previous).bindAddress(BindAddress.loopback()));
    }

    /** The datagram in which {@code node} tells all {@code ack(0)}, as it is on the wire. */
    private byte[] recordedFrom(Node node) throws IOException {
        MulticastGroup group = group();
        try (MulticastSocket eavesdropper = new MulticastSocket(new InetSocketAddress(group.address(), group.port()))) {
            eavesdropper.joinGroup(new InetSocketAddress(group.address(), group.port()), loopbackInterface());
            eavesdropper.setSoTimeout(5_000);
            node.sendToAll(mesh.notebook.sized(ack(0), 2_345));
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            do {
                packet.setLength(65_536);
                eavesdropper.receive(packet);
            } while (packet.getLength() < 2_345);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    private MulticastGroup group() {
        return MeshGroup.of(new ClusterName(mesh.cluster), BindAddress.loopback());
    }

    private void send(byte[] bytes, int port) throws IOException {
        stranger.send(new DatagramPacket(bytes, bytes.length, BindAddress.loopback(), port));
    }

    private void sendToGroup(byte[] bytes) throws IOException {
        InetAddress address = group().address();
        stranger.send(new DatagramPacket(bytes, bytes.length, address, group().port()));
    }

    /** What a member of a bare JGroups group would send, and what it would not have to be a member for. */
    private static byte[] serializedCanary() throws Exception {
        ObjectMessage message = new ObjectMessage(null, new Canary());
        message.setSrc(UUID.randomUUID());
        ByteArrayDataOutputStream bytes = new ByteArrayDataOutputStream();
        Util.writeMessage(message, bytes, true);
        return Arrays.copyOf(bytes.buffer(), bytes.position());
    }

    private static void writeUntilClosed(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    private static void assertIsClosedWithoutAnswer(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static NetworkInterface loopbackInterface() throws SocketException {
        return NetworkInterface.getByInetAddress(BindAddress.loopback());
    }
}
