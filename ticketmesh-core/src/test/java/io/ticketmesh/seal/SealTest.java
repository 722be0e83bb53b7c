package io.ticketmesh.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final ClusterName HELPDESK = new ClusterName("helpdesk");
    private static final SealKey OLD =
            MeshKeys.ofSecret(HELPDESK, "the old secret of all").mesh();
    private static final SealKey NEW =
            MeshKeys.ofSecret(HELPDESK, "the new secret of all").mesh();

    private final Seal alice = new Seal(HELPDESK, OLD, null);
    private final Seal bob = new Seal(HELPDESK, OLD, null);

    @Test
    void whatOneSealsTheOtherOpens() {
        byte[] around = bytes("<<printer on fire>>");
        byte[] sealed = alice.seal(around, 2, around.length - 4);

        byte[] received = new byte[sealed.length + 9];
        System.arraycopy(sealed, 0, received, 5, sealed.length);

        assertThat(bob.open(received, 5, sealed.length)).isEqualTo(bytes("printer on fire"));
        assertThat(sealed).hasSize(around.length - 4 + Seal.OVERHEAD);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("printer");
        assertThat(bob.rejected()).isZero();
    }

    @Test
    void nothingIsAContentToo() {
        assertThat(bob.open(alice.seal(new byte[0], 0, 0), 0, Seal.OVERHEAD)).isEmpty();
    }

    @Test
    void anyChangedBitIsRejected() {
        byte[] sealed = alice.seal(bytes("printer on fire"), 0, 15);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(bob, changed)).as("bit " + bit).isNull();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(bob.open(sealed, 0, length)).as("cut at " + length).isNull();
        }

        assertThat(bob.rejected()).isEqualTo(sealed.length * 9L);
        assertThat(open(bob, sealed)).as("the honest one, still").isNotNull();
    }

    @Test
    void randomBytesAreRejected() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(open(bob, noise)).isNull();
        }
        assertThat(bob.rejected()).isEqualTo(1_000);
    }

    @Test
    void anotherClusterOrSecretIsRejected() {
        Seal otherSecret = new Seal(HELPDESK, NEW, null);
        Seal otherCluster = new Seal(new ClusterName("workshop"), OLD, null);

        assertThat(open(bob, otherSecret.seal(bytes("x"), 0, 1))).isNull();
        assertThat(open(bob, otherCluster.seal(bytes("x"), 0, 1))).isNull();
        assertThat(bob.rejected()).isEqualTo(2);
    }

    @Test
    void whileASecretIsExchangedBothOpen() {
        Seal exchanging = new Seal(HELPDESK, NEW, OLD);

        assertThat(open(exchanging, alice.seal(bytes("x"), 0, 1))).isNotNull();
        assertThat(open(exchanging, new Seal(HELPDESK, NEW, null).seal(bytes("x"), 0, 1)))
                .isNotNull();
        assertThat(open(new Seal(HELPDESK, OLD, NEW), exchanging.seal(bytes("x"), 0, 1)))
                .isNotNull();
        assertThat(open(bob, exchanging.seal(bytes("x"), 0, 1)))
                .as("it seals with the new one")
                .isNull();
    }

    @Test
    void aPacketOpensOnceInAnyOrder() {
        byte[][] packets = new byte[100][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = alice.seal(new byte[] {(byte) i}, 0, 1);
        }
        for (int i = packets.length - 1; i >= 0; i--) {
            assertThat(open(bob, packets[i])).containsExactly(i);
        }
        for (byte[] packet : packets) {
            assertThat(open(bob, packet)).isNull();
        }
        assertThat(bob.replayed()).isEqualTo(packets.length);
        assertThat(bob.rejected()).isZero();
    }

    @Test
    void whatIsTooOldToTellDoesNotOpen() {
        byte[] first = alice.seal(bytes("x"), 0, 1);
        byte[] second = alice.seal(bytes("y"), 0, 1);
        for (int i = 0; i < ReplayWindow.SIZE - 1; i++) {
            alice.seal(bytes("z"), 0, 1);
        }
        assertThat(open(bob, alice.seal(bytes("z"), 0, 1))).isNotNull();

        assertThat(open(bob, first)).isNull();
        assertThat(open(bob, second)).isNull();
        assertThat(bob.replayed()).isEqualTo(2);
    }

    @Test
    void aPacketThatDoesNotOpenTakesNoPlaceOfAnHonestOne() {
        byte[] sealed = alice.seal(bytes("x"), 0, 1);
        byte[] forged = sealed.clone();
        forged[forged.length - 1] ^= 1;
        byte[] farAhead = sealed.clone();
        ByteBuffer.wrap(farAhead).putInt(13, Integer.MAX_VALUE);

        assertThat(open(bob, forged)).isNull();
        assertThat(open(bob, farAhead)).isNull();

        assertThat(open(bob, sealed)).isNotNull();
    }

    @Test
    void aWindowIsKeptForTheStreamsHeardLastOnly() {
        byte[] early = alice.seal(bytes("x"), 0, 1);
        assertThat(open(bob, early)).isNotNull();
        for (int i = 0; i < ReplayWindows.MAX_STREAMS; i++) {
            assertThat(open(bob, new Seal(HELPDESK, OLD, null).seal(bytes("x"), 0, 1)))
                    .isNotNull();
        }

        assertThat(open(bob, early)).as("its window was displaced").isNotNull();
        assertThat(open(bob, early)).isNull();
    }

    @Test
    void noncesDiffer() {
        Set<ByteBuffer> nonces = new HashSet<>();
        for (int node = 0; node < 50; node++) {
            Seal seal = new Seal(HELPDESK, OLD, null);
            for (int i = 0; i < 50; i++) {
                nonces.add(ByteBuffer.wrap(Arrays.copyOfRange(seal.seal(bytes("x"), 0, 1), 5, 17)));
            }
        }
        assertThat(nonces).hasSize(2_500);
    }

    @Test
    void itKnowsItsOwnPackets() {
        byte[] sealed = alice.seal(bytes("x"), 0, 1);

        assertThat(alice.isOwn(sealed, 0, sealed.length)).isTrue();
        assertThat(bob.isOwn(sealed, 0, sealed.length)).isFalse();
        assertThat(alice.isOwn(sealed, 0, 3)).isFalse();
    }

    @Test
    void recordsOpenInTheirOrderOnly() throws AEADBadTagException {
        byte[] key = OLD.derive("test", new byte[0], 32);
        RecordSeal writing = new RecordSeal(key);
        RecordSeal reading = new RecordSeal(key);
        byte[] first = new byte[17];
        byte[] second = new byte[17];
        byte[] opened = new byte[1];
        assertThat(writing.seal(bytes("1"), 0, 1, first, 0)).isEqualTo(17);
        writing.seal(bytes("2"), 0, 1, second, 0);

        assertThat(reading.open(first, 0, 17, opened)).isEqualTo(1);
        assertThat(opened).isEqualTo(bytes("1"));
        assertThatThrownBy(() -> reading.open(first, 0, 17, opened)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> new RecordSeal(key).open(second, 0, 17, opened))
                .isInstanceOf(AEADBadTagException.class);
    }

    private static byte[] open(Seal seal, byte[] packet) {
        return seal.open(packet, 0, packet.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
