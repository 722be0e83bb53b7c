package io.ticketmesh.wire;

import static io.ticketmesh.wire.GoldenValues.ALICE_1;
import static io.ticketmesh.wire.GoldenValues.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HostileMessagesTest {
    private static final long BYTES_PER_BYTE = 100;
    private static final long FREE_BYTES = 64 * 1024;
    private static final int TYPES = 10;

    private final MessageCodec codec = new MessageCodec(CLUSTER);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private enum Outcome {
        REFUSED,
        IGNORED,
        READ
    }

    @Test
    void everyShorteningIsRefused() {
        GoldenValues.messages().forEach((name, message) -> {
            byte[] bytes = codec.encode(ALICE_1, message);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(outcome(Arrays.copyOf(bytes, length)))
                        .as("%s cut to %d", name, length)
                        .isEqualTo(Outcome.REFUSED);
            }
        });
    }

    /** The same where the length of the body says that it is whole. */
    @Test
    void everyShorteningOfABodyIsRefusedOrStandsForAMessage() {
        int refused = 0;
        int cases = 0;
        for (Message message : GoldenValues.messages().values()) {
            byte[] bytes = codec.encode(ALICE_1, message);
            for (int length = MessageCodec.ENVELOPE_BYTES; length < bytes.length; length++) {
                refused += outcome(withItsLength(Arrays.copyOf(bytes, length))) == Outcome.REFUSED ? 1 : 0;
                cases++;
            }
        }
        assertThat(refused).isGreaterThan(cases * 9 / 10);
    }

    @Test
    void everyFlippedBitIsRefusedOrIgnoredOrStandsForAMessage() {
        int[] outcomes = new int[Outcome.values().length];
        for (Message message : GoldenValues.messages().values()) {
            byte[] bytes = codec.encode(ALICE_1, message);
            for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                outcomes[outcome(flipped).ordinal()]++;
            }
        }
        assertThat(outcomes).doesNotContain(0); // every way was gone
    }

    @Test
    void mutationsAreRefusedOrIgnoredOrStandForAMessage() {
        Random random = new Random(1);
        RandomMessages messages = new RandomMessages(2);
        int[] outcomes = new int[Outcome.values().length];
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = codec.encode(ALICE_1, messages.any());
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                // mostly in the body, where there is one
                boolean anywhere = random.nextInt(10) == 0 || bytes.length == MessageCodec.ENVELOPE_BYTES;
                int first = anywhere ? 0 : MessageCodec.ENVELOPE_BYTES;
                int place = first + random.nextInt(bytes.length - first);
                bytes[place] = (byte) (random.nextInt(3) == 0 ? -1 : random.nextInt(256));
            }
            outcomes[outcome(bytes).ordinal()]++;
        }
        assertThat(outcomes).doesNotContain(0);
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(outcome(bytes)).isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void randomBodiesAreRefusedOrStandForAMessage() {
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] body = new byte[random.nextInt(80)];
            random.nextBytes(body);
            if (body.length > 1) {
                body[0] = (byte) (1 + random.nextInt(5));
                body[1] = (byte) random.nextInt(body.length);
            }
            refused += outcome(message(1 + random.nextInt(TYPES), body)) == Outcome.REFUSED ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 49_990);
    }

    @Test
    void emptyInputIsRefused() {
        assertThat(outcome(new byte[0])).isEqualTo(Outcome.REFUSED);
        assertThatThrownBy(() -> codec.decode(new byte[100], 50, 0))
                .isExactlyInstanceOf(MalformedBytesException.class)
                .hasMessage("A message has at least 44 bytes, and this one 0, at byte 50");
    }

    @Test
    void claimedLengthsCostNothing() {
        for (String claim : ClaimedLengths.HEX) {
            for (int type = 1; type <= TYPES; type++) {
                for (int tag = 1; tag < 8; tag++) {
                    byte[] outer = HexFormat.of().parseHex("%02x%s".formatted(tag, claim));
                    assertThat(outcome(message(type, outer))).isEqualTo(Outcome.REFUSED);
                    byte[] inner = HexFormat.of().parseHex("%02x%02x%s".formatted(tag, claim.length() / 2, claim));
                    outcome(message(type, inner)); // an unknown field may hold anything
                }
            }
        }
    }

    @Test
    void claimedLengthsOfABodyCostNothing() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, MessageCodec.MAX_BODY_BYTES, 1}) {
            byte[] bytes = codec.encode(ALICE_1, new Message.Bye());
            ByteBuffer.wrap(bytes).putInt(8, length);
            assertThat(outcome(bytes)).isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void whatIsTooLongIsRefusedUnread() {
        byte[] bytes = Arrays.copyOf(codec.encode(ALICE_1, new Message.Bye()), MessageCodec.MAX_BYTES + 1);
        assertThatThrownBy(() -> codec.decode(withItsLength(bytes), 0, bytes.length))
                .isExactlyInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("at most " + MessageCodec.MAX_BYTES);
    }

    @Test
    void anOperationThatIsTooLongForTheLogIsRefusedUnread() {
        byte[] body = written(output -> {
            output.open(1);
            output.openFrame();
            output.writeBytes(new byte[WireCodec.MAX_BYTES + 1]);
            output.closeFrame();
            output.closeFrame();
        });
        byte[] bytes = message(MessageTypes.OPERATIONS, body);
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length))
                .isExactlyInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("Operation of 1048577 bytes, at most 1048576 are allowed");
    }

    @Test
    void aSerializedObjectIsNeverDeserialized() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(stream)) {
            objects.writeObject(new ArrayList<>(List.of("gadget")));
        }
        byte[] serialized = stream.toByteArray();
        assertThat(outcome(serialized)).isEqualTo(Outcome.REFUSED);
        for (int type = 1; type <= TYPES; type++) {
            assertThat(outcome(message(type, serialized))).isEqualTo(Outcome.REFUSED);
            for (int tag = 1; tag <= 5; tag++) {
                int field = tag;
                byte[] within = message(type, written(output -> {
                    output.open(field);
                    output.openFrame();
                    output.writeBytes(serialized);
                    output.closeFrame();
                    output.closeFrame();
                }));
                boolean unknown = tag > MessageTypes.form(type).lastTag();
                assertThat(outcome(within) == Outcome.READ && !unknown).isFalse();
            }
        }
    }

    @Test
    void manySmallThingsCostNoMoreThanASmallMultiple() {
        byte[] version = new WireCodec().encodeVersion(GoldenValues.version());
        byte[] sums = written(output -> {
            output.open(1);
            output.writeBytes(version);
            output.closeFrame();
            output.open(2);
            output.writeBytes(new byte[400_000]);
            output.closeFrame();
        });
        assertThat(outcome(message(MessageTypes.CONTENT_SUMS, sums))).isEqualTo(Outcome.READ);
        byte[] ranges = written(output -> {
            output.open(1);
            for (int i = 0; i < 10_000; i++) {
                output.wholeOrigin(ALICE_1);
                output.unsigned(1);
                output.unsigned(1);
            }
            output.closeFrame();
        });
        assertThat(outcome(message(MessageTypes.PULL, ranges))).isEqualTo(Outcome.READ);
        byte[] nothings = written(output -> {
            output.open(1);
            output.writeBytes(new byte[300_000]);
            output.closeFrame();
        });
        assertThat(outcome(message(MessageTypes.OPERATIONS, nothings))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aRosterUpToItsLimitOrBeyondCostsNoMore() {
        for (int count : new int[] {Roster.MAX_MEMBERS, 20 * Roster.MAX_MEMBERS}) {
            byte[] bytes = message(MessageTypes.HELLO, hello(output -> {
                for (int i = 1; i <= count; i++) {
                    member(output, i);
                }
            }));
            assertThat(outcome(bytes)).isEqualTo(Outcome.READ);
            Message.Hello hello =
                    (Message.Hello) codec.decode(bytes, 0, bytes.length).message();
            assertThat(hello.roster().members()).hasSize(Roster.MAX_MEMBERS);
            assertThat(hello.roster().find(new NodeId(0, count))).isPresent();
        }
    }

    @Test
    void aMemberTwiceOrOutOfOrderIsRefused() {
        for (int[] nodes : new int[][] {{1, 1}, {2, 1}, {-1, 1}}) {
            byte[] body = hello(output -> {
                member(output, nodes[0]);
                member(output, nodes[1]);
            });
            assertThat(outcome(message(MessageTypes.HELLO, body))).isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void impossibleNumbersAreRefused() {
        // buckets that are above 255, twice, falling, longer than needed
        for (String buckets : List.of("03028002", "03020101", "03020201", "0303007f05", "03028100")) {
            assertThat(outcome(message(
                            MessageTypes.SNAPSHOT_REQUEST, HexFormat.of().parseHex(buckets))))
                    .isEqualTo(Outcome.REFUSED);
        }
        assertThat(outcome(message(MessageTypes.SNAPSHOT_REQUEST, HexFormat.of().parseHex("0302ff01"))))
                .isEqualTo(Outcome.READ);
        for (long[] range : new long[][] {{0, 1}, {2, 1}, {-1, 1}, {1, -1}, {1, 0}}) {
            byte[] bytes = written(output -> {
                output.open(1);
                output.wholeOrigin(ALICE_1);
                output.unsigned(range[0]);
                output.unsigned(range[1]);
                output.closeFrame();
            });
            assertThat(outcome(message(MessageTypes.PULL, bytes))).isEqualTo(Outcome.REFUSED);
        }
        byte[] ack = written(output -> {
            output.open(1);
            output.wholeOrigin(ALICE_1);
            output.closeFrame();
            output.open(2);
            output.unsigned(-1);
            output.closeFrame();
        });
        assertThat(outcome(message(MessageTypes.ACK, ack))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(message(MessageTypes.HINT, HexFormat.of().parseHex("020102"))))
                .isEqualTo(Outcome.REFUSED);
    }

    /** Decodes, within the memory that is allowed; what stands for a message must be the same after encoding it. */
    private Outcome outcome(byte[] bytes) {
        long limit = FREE_BYTES + BYTES_PER_BYTE * bytes.length;
        if (allocatedBy(bytes) > limit) { // again, because the first time loads classes
            assertThat(allocatedBy(bytes))
                    .as(
                            "bytes allocated for %d bytes %s",
                            bytes.length, HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 300)))
                    .isLessThan(limit);
        }
        long ignored = codec.ignored();
        long malformed = codec.malformed();
        Incoming incoming;
        try {
            incoming = codec.decode(bytes, 0, bytes.length);
        } catch (MalformedBytesException invalid) {
            assertThat(codec.malformed()).isEqualTo(malformed + 1);
            assertThat(invalid.position()).isBetween(0, bytes.length);
            return Outcome.REFUSED;
        }
        if (incoming == null) {
            assertThat(codec.ignored()).isEqualTo(ignored + 1);
            return Outcome.IGNORED;
        }
        byte[] again = codec.encode(incoming.from(), incoming.message());
        assertThat(codec.decode(again, 0, again.length)).isEqualTo(incoming);
        return Outcome.READ;
    }

    private long allocatedBy(byte[] bytes) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            codec.decode(bytes, 0, bytes.length);
        } catch (MalformedBytesException invalid) {
            // costs what it costs
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] hello(Consumer<WireOutput> members) {
        return written(output -> {
            output.unsigned(1);
            member(output, 7);
            output.open(2);
            members.accept(output);
            output.closeFrame();
            output.open(3);
            output.signed(1);
            output.closeFrame();
        });
    }

    private static void member(WireOutput output, int node) {
        Member member = new Member(new NodeId(0, node), "", 0, 0, 0);
        output.openFrame();
        output.startRecord(WireIds.MEMBER);
        new MemberSerializer().writeFields(null, output, member);
        output.closeFrame();
    }

    private byte[] message(int type, byte[] body) {
        byte[] bytes =
                Arrays.copyOf(codec.encode(ALICE_1, new Message.Bye()), MessageCodec.ENVELOPE_BYTES + body.length);
        System.arraycopy(body, 0, bytes, MessageCodec.ENVELOPE_BYTES, body.length);
        bytes[6] = (byte) type;
        return withItsLength(bytes);
    }

    private static byte[] withItsLength(byte[] bytes) {
        ByteBuffer.wrap(bytes).putInt(8, bytes.length - MessageCodec.ENVELOPE_BYTES);
        return bytes;
    }

    private static byte[] written(Consumer<WireOutput> writing) {
        WireOutput output = new WireOutput();
        output.restart(MessageCodec.MAX_BYTES);
        writing.accept(output);
        return output.toBytes();
    }
}
