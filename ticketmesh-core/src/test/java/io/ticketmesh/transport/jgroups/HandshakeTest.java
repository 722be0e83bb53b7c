package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MeshKeys;
import io.ticketmesh.seal.Seal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final ClusterName HELPDESK = new ClusterName("helpdesk");
    private static final int MILLIS = 2_000;

    private final SealedSockets members = new SealedSockets(seal(), MILLIS);

    @AfterEach
    void closeAll() {
        members.closeAll();
    }

    @Test
    void whatMembersWriteArrivesInBothDirections() throws Exception {
        try (ServerSocket server = members.createServerSocket("test", 0, 5, BindAddress.loopback());
                Socket caller = members.createSocket("test", BindAddress.loopback(), server.getLocalPort());
                Socket called = server.accept()) {
            byte[] much = new byte[200_000];
            new Random(1).nextBytes(much);

            assertThat(sent(caller, called, much)).isEqualTo(much);
            assertThat(sent(called, caller, much)).isEqualTo(much);
            assertThat(sent(caller, called, new byte[] {7})).containsExactly(7);
        }
    }

    @Test
    void aCallThatWasRecordedOpensNothing() throws Exception {
        ByteArrayOutputStream recorded = new ByteArrayOutputStream();
        Seal caller = seal();
        Seal called = seal();
        assertThatThrownBy(() -> Handshake.call(new Socket(), nothing(), recorded, caller, MILLIS))
                .isInstanceOf(IOException.class);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        Handshake.answer(new Socket(), input(recorded), answer, called, MILLIS);
        assertThat(answer.size()).isPositive();
        ByteArrayOutputStream none = new ByteArrayOutputStream();
        assertThatThrownBy(() -> Handshake.answer(new Socket(), input(recorded), none, called, MILLIS))
                .isInstanceOf(StrangerException.class);

        assertThat(none.size()).isZero();
        assertThat(called.replayed()).isEqualTo(1);
    }

    @Test
    void anAnswerToAnotherCallIsRefused() throws Exception {
        ByteArrayOutputStream call = new ByteArrayOutputStream();
        assertThatThrownBy(() -> Handshake.call(new Socket(), nothing(), call, seal(), MILLIS))
                .isInstanceOf(IOException.class);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Handshake.answer(new Socket(), input(call), answer, seal(), MILLIS);

        assertThatThrownBy(() ->
                        Handshake.call(new Socket(), input(answer), OutputStream.nullOutputStream(), seal(), MILLIS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another call");
    }

    @Test
    void aChangedByteEndsTheConnection() throws Exception {
        try (ServerSocket server = members.createServerSocket("test", 0, 5, BindAddress.loopback());
                ServerSocket between = new ServerSocket(0, 5, BindAddress.loopback())) {
            CompletableFuture<Void> meddling = CompletableFuture.runAsync(
                    () -> meddle(between, new InetSocketAddress(BindAddress.loopback(), server.getLocalPort())));
            try (Socket caller = members.createSocket("test", BindAddress.loopback(), between.getLocalPort());
                    Socket called = server.accept()) {
                caller.getOutputStream().write(new byte[100]);
                assertThatThrownBy(() -> called.getInputStream().read())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("did not open");
            }
            meddling.get();
        }
    }

    @Test
    void anUnprovedSocketHasNoStreams() throws IOException {
        try (Socket socket = members.createSocket("test")) {
            assertThatThrownBy(socket::getInputStream).hasMessageContaining("not proved");
            assertThatThrownBy(socket::getOutputStream).hasMessageContaining("not proved");
        }
    }

    @Test
    void nothingUnsealedIsMade() {
        assertThatThrownBy(() -> members.createDatagramSocket("test")).hasMessageContaining("not be sealed");
        assertThatThrownBy(() -> members.createMulticastSocket("test")).hasMessageContaining("not be sealed");
        assertThatThrownBy(() -> members.createSocketChannel("test")).hasMessageContaining("not be sealed");
        assertThatThrownBy(() -> members.createServerSocketChannel("test")).hasMessageContaining("not be sealed");
    }

    @Test
    void aConnectionWhoseOtherEndDoesNotReadIsClosed() throws Exception {
        try (ServerSocket server = members.createServerSocket("test", 0, 5, BindAddress.loopback());
                Socket caller = members.createSocket("test", BindAddress.loopback(), server.getLocalPort());
                Socket called = server.accept()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeForEver(caller));

            Inbox.await("the writer to fail", () -> {
                members.closeStuck(100);
                return writing.isCompletedExceptionally();
            });

            assertThat(caller.isClosed()).isTrue();
            assertThat(called.isClosed()).isFalse();
        }
    }

    private static byte[] sent(Socket from, Socket to, byte[] bytes) throws Exception {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                from.getOutputStream().write(bytes);
                from.getOutputStream().flush();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        byte[] read = to.getInputStream().readNBytes(bytes.length);
        writing.get();
        return read;
    }

    private static void writeForEver(Socket socket) {
        try {
            while (true) {
                socket.getOutputStream().write(new byte[10_000]);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes on the handshake as it is, and changes the last byte of what comes then. */
    private static void meddle(ServerSocket between, InetSocketAddress target) {
        try (Socket left = between.accept();
                Socket right = new Socket(target.getAddress(), target.getPort())) {
            byte[] call = left.getInputStream().readNBytes(17 + Seal.OVERHEAD);
            right.getOutputStream().write(call);
            byte[] answer = right.getInputStream().readNBytes(33 + Seal.OVERHEAD);
            left.getOutputStream().write(answer);
            byte[] record = left.getInputStream().readNBytes(4 + 100 + 16);
            record[record.length - 1] ^= 1;
            right.getOutputStream().write(record);
            assertThat(right.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream nothing() {
        return new ByteArrayInputStream(new byte[0]);
    }

    private static InputStream input(ByteArrayOutputStream bytes) {
        return new ByteArrayInputStream(Arrays.copyOf(bytes.toByteArray(), bytes.size()));
    }

    private static Seal seal() {
        return new Seal(HELPDESK, MeshKeys.ofName(HELPDESK).mesh(), null);
    }
}
