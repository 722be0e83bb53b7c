package io.ticketmesh.wire;

import static io.ticketmesh.wire.GoldenValues.ALICE_1;
import static io.ticketmesh.wire.GoldenValues.ALICE_2;
import static io.ticketmesh.wire.GoldenValues.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.RandomTickets;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private final MessageCodec codec = new MessageCodec(CLUSTER);
    private final WireCodec records = new WireCodec();

    @Test
    void messagesComeBack() {
        RandomMessages random = new RandomMessages(20_262);
        for (int i = 0; i < 3_000; i++) {
            assertComesBack(random.origin(), random.any());
        }
        assertThat(codec.ignored()).isZero();
        assertThat(codec.malformed()).isZero();
    }

    @Test
    void everyTypeOfMessageComesBack() {
        RandomMessages random = new RandomMessages(1);
        List<Message> everyType = random.ofEveryType();
        assertThat(everyType.stream().<Class<?>>map(Message::getClass).collect(Collectors.toSet()))
                .isEqualTo(WireRoundTripTest.concrete(Message.class));
        everyType.forEach(message -> assertComesBack(ALICE_1, message));
        GoldenValues.messages().values().forEach(message -> assertComesBack(ALICE_1, message));
    }

    /** A line is only ever added. */
    @Test
    void typesKeepTheirNumbersForEver() {
        StringBuilder table = new StringBuilder();
        for (int type = 0; type < 256; type++) {
            MessageForm<?> form = MessageTypes.form(type);
            if (form != null) {
                table.append(type)
                        .append(' ')
                        .append(form.messages().getSimpleName())
                        .append('\n');
            }
        }
        assertThat(table.toString()).isEqualTo("""
                        1 Hello
                        2 Bye
                        3 Hint
                        4 Ack
                        5 Digest
                        6 Pull
                        7 Operations
                        8 SnapshotRequest
                        9 SnapshotPart
                        10 ContentSums
                        11 BlobRequest
                        12 BlobPart
                        """);
    }

    @Test
    void theEnvelopeIsFixedAndBigEndian() {
        byte[] bytes = codec.encode(ALICE_2, new Message.Hint(List.of(), true));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "544d4553" // magic
                                + "01" // major
                                + "01" // minor
                                + "03" // type
                                + "00" // flags
                                + "00000003" // body length
                                + "7e1ec4a200000001" // cluster
                                + "0a11ce00000000018000000000000001" // node
                                + "0000006600000001" // incarnation
                                + "020101"); // acknowledge: yes
    }

    @Test
    void aMessageIsReadFromTheMiddleOfOtherBytes() {
        Message message = GoldenValues.messages().get("SnapshotPart");
        byte[] bytes = codec.encode(ALICE_1, message);
        byte[] others = new byte[bytes.length + 30];
        System.arraycopy(bytes, 0, others, 10, bytes.length);
        assertThat(codec.decode(others, 10, bytes.length)).isEqualTo(new Incoming(ALICE_1, message));
        for (int[] wrong : new int[][] {{-1, 3}, {0, -1}, {1, others.length}, {Integer.MAX_VALUE, 1}}) {
            assertThatThrownBy(() -> codec.decode(others, wrong[0], wrong[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void operationsAndStatesHaveTheBytesOfTheLog() {
        RandomTickets random = new RandomTickets(5);
        Operation operation = random.operation();
        byte[] alone = records.encodeOperation(operation);
        assertThat(codec.encode(ALICE_1, new Message.Hint(List.of(operation), false)))
                .containsSequence(alone);
        assertThat(codec.encode(ALICE_1, new Message.Operations(List.of(operation))))
                .containsSequence(alone);
        LogEntry.Adopted adopted = new LogEntry.Adopted(random.living());
        Message part = new Message.SnapshotPart(VersionVector.EMPTY, null, null, Set.of(), List.of(adopted.state()));
        assertThat(codec.encode(ALICE_1, part)).containsSequence(records.encodeEntry(adopted));
        Message digest = new Message.Digest(VersionSummary.whole(GoldenValues.version()), VersionVector.EMPTY, false);
        assertThat(codec.encode(ALICE_1, digest)).containsSequence(records.encodeVersion(GoldenValues.version()));
    }

    @Test
    void aFullRosterComesBack() {
        RandomTickets random = new RandomTickets(6);
        List<Member> members =
                Stream.generate(random::member).limit(Roster.MAX_MEMBERS).toList();
        assertComesBack(ALICE_1, new Message.Hello(members.get(0), Roster.of(members), 1));
    }

    @Test
    void aBodyMayTakeEightMebibytesAndNoMore() {
        Operation large = weighing(950_000);
        int others = body(filledUp(large, 200_000)) - 200_000;
        Message largest = filledUp(large, MessageCodec.MAX_BODY_BYTES - others);
        assertThat(body(largest)).isEqualTo(MessageCodec.MAX_BODY_BYTES);
        assertComesBack(ALICE_1, largest);
        assertThat(isTooLarge(filledUp(large, MessageCodec.MAX_BODY_BYTES - others + 1)))
                .isTrue();
        assertThatThrownBy(() -> codec.encode(ALICE_1, new Message.Operations(Collections.nCopies(9, large))))
                .isInstanceOfSatisfying(
                        TooLargeException.class,
                        tooLarge -> assertThat(tooLarge.limit()).contains((long) MessageCodec.MAX_BODY_BYTES));
        assertComesBack(ALICE_1, new Message.Bye());
    }

    private static Message filledUp(Operation large, int bytes) {
        List<Operation> operations = new ArrayList<>(Collections.nCopies(8, large));
        operations.add(weighing(bytes));
        return new Message.Operations(operations);
    }

    @Test
    void anOperationInItMayTakeNoMoreThanTheLogHolds() {
        Message hint = new Message.Hint(List.of(weighing(WireCodec.MAX_BYTES)), false);
        assertThat(isTooLarge(hint)).isTrue();
        byte[] bytes = codec.encode(ALICE_1, new Message.Hint(List.of(weighing(WireCodec.MAX_BYTES - 200)), false));
        assertThat(codec.decode(bytes, 0, bytes.length)).isNotNull();
    }

    @Test
    void threadsShareACodec() throws Exception {
        Together.run(4, seed -> {
            RandomMessages random = new RandomMessages(seed);
            for (int i = 0; i < 300; i++) {
                assertComesBack(random.origin(), random.any());
            }
        });
    }

    private void assertComesBack(Origin from, Message message) {
        byte[] bytes = codec.encode(from, message);
        Incoming incoming = codec.decode(bytes, 0, bytes.length);
        assertThat(incoming).isEqualTo(new Incoming(from, message));
        assertThat(codec.encode(from, incoming.message())).isEqualTo(bytes);
    }

    private int body(Message message) {
        return codec.encode(ALICE_1, message).length - MessageCodec.ENVELOPE_BYTES;
    }

    private boolean isTooLarge(Message message) {
        try {
            codec.encode(ALICE_1, message);
            return false;
        } catch (TooLargeException tooLarge) {
            return true;
        }
    }

    private static Operation weighing(int bytes) {
        return GoldenValues.operation(
                ALICE_1, 1, 0, VersionVector.EMPTY, new UnknownChange(500, Bytes.of(new byte[bytes])));
    }
}
