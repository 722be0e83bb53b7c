package io.ticketmesh.wire;

import static io.ticketmesh.wire.GoldenValues.ALICE_1;
import static io.ticketmesh.wire.GoldenValues.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.UnknownChange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes of newer versions, or of other meshes, may send. */
class NewerMessageTest {
    private static final int MAJOR_AT = 4;
    private static final int MINOR_AT = 5;
    private static final int TYPE_AT = 6;
    private static final int FLAGS_AT = 7;
    private static final int BODY_LENGTH_AT = 8;

    private final MessageCodec codec = new MessageCodec(CLUSTER);
    private final WireCodec records = new WireCodec();

    @Test
    void anUnknownTypeIsIgnoredAndCounted() {
        for (int type : new int[] {0, 13, 99, 255}) {
            byte[] bytes = with(encoded(new Message.Bye()), TYPE_AT, type);
            assertThat(decoded(bytes)).isNull();
            assertThat(decoded(appended(bytes, new byte[] {-1, -1, -1}))).isNull();
        }
        assertThat(codec.ignoredUnknown()).isEqualTo(8);
        assertThat(codec.ignored()).isEqualTo(8);
        assertThat(codec.malformed()).isZero();
    }

    @Test
    void anUnknownFlagIsIgnoredAndCounted() {
        for (int bit = 0; bit < 8; bit++) {
            assertThat(decoded(with(encoded(new Message.Bye()), FLAGS_AT, 1 << bit)))
                    .isNull();
        }
        assertThat(codec.ignoredUnknown()).isEqualTo(8);
    }

    @Test
    void aNewerMajorVersionIsIgnoredWhateverItsLayout() {
        byte[] bytes = with(encoded(new Message.Bye()), MAJOR_AT, 2);
        for (int length = 5; length <= bytes.length; length++) {
            assertThat(decoded(Arrays.copyOf(bytes, length))).isNull();
        }
        assertThat(decoded(with(bytes, MAJOR_AT, 255))).isNull();
        assertThat(codec.ignoredNewer()).isEqualTo(bytes.length - 5 + 2);
        assertThat(codec.ignored()).isEqualTo(codec.ignoredNewer());
    }

    @Test
    void thereIsNoMajorVersionZero() {
        assertThatThrownBy(() -> decoded(with(encoded(new Message.Bye()), MAJOR_AT, 0)))
                .isExactlyInstanceOf(MalformedBytesException.class)
                .hasMessage("There is no major version 0, at byte 4");
        assertThat(codec.malformed()).isEqualTo(1);
    }

    @Test
    void aMessageOfAnotherMeshIsIgnoredAndCounted() {
        MessageCodec other = new MessageCodec(CLUSTER + 1);
        GoldenValues.messages()
                .values()
                .forEach(message ->
                        assertThat(decoded(other.encode(ALICE_1, message))).isNull());
        assertThat(codec.ignoredForeign()).isEqualTo(GoldenValues.messages().size());
        assertThat(codec.ignored()).isEqualTo(codec.ignoredForeign());
    }

    @Test
    void unknownFieldsOfEveryMessageAreSkipped() {
        byte[] fields = HexFormat.of().parseHex("6403010203" + "c80100");
        for (int minor : new int[] {MessageCodec.WIRE_MINOR, MessageCodec.WIRE_MINOR + 1}) {
            GoldenValues.messages()
                    .values()
                    .forEach(message -> assertThat(decoded(with(appended(encoded(message), fields), MINOR_AT, minor)))
                            .isEqualTo(new Incoming(ALICE_1, message)));
        }
    }

    @Test
    void whateverANewerMinorVersionAppendsIsSkipped() {
        byte[] rest = {100, -1, -1, 0, 1, 2};
        GoldenValues.messages().forEach((name, message) -> {
            byte[] bytes = appended(encoded(message), rest);
            assertThat(decoded(with(bytes, MINOR_AT, 255))).as(name).isEqualTo(new Incoming(ALICE_1, message));
            assertThatThrownBy(() -> decoded(bytes)).as(name).isExactlyInstanceOf(MalformedBytesException.class);
        });
    }

    @Test
    void whatANewerVersionWroteIntoAnOperationIsPassedOnByteForByte() {
        Operation unknownKind = GoldenValues.operation(
                ALICE_1,
                1,
                0,
                VersionVector.EMPTY,
                new SetTitle("known"),
                new UnknownChange(5_000, Bytes.of(new byte[] {1, 2, 3})));
        byte[] newer = HexFormat.of()
                .parseHex(HexFormat.of().formatHex(records.encodeOperation(unknownKind)) + "0903010203" + "b81700");
        Operation unknownFields = records.decodeOperation(newer);
        assertThat(unknownFields.unknownFields().length()).isEqualTo(8);

        byte[] bytes = encoded(new Message.Hint(List.of(unknownKind, unknownFields), true));
        assertThat(bytes).containsSequence(newer);
        Message.Hint hint = (Message.Hint) decoded(bytes).message();

        assertThat(hint.operations()).containsExactly(unknownKind, unknownFields);
        assertThat(encoded(hint)).isEqualTo(bytes);
        assertThat(encoded(new Message.Operations(hint.operations()))).containsSequence(newer);
        assertThat(records.encodeOperation(hint.operations().get(1))).isEqualTo(newer);
    }

    private byte[] encoded(Message message) {
        return codec.encode(ALICE_1, message);
    }

    private Incoming decoded(byte[] bytes) {
        return codec.decode(bytes, 0, bytes.length);
    }

    private static byte[] with(byte[] bytes, int place, int value) {
        byte[] changed = bytes.clone();
        changed[place] = (byte) value;
        return changed;
    }

    /** The message with more at the end of its body. */
    private static byte[] appended(byte[] bytes, byte[] rest) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + rest.length);
        System.arraycopy(rest, 0, longer, bytes.length, rest.length);
        ByteBuffer.wrap(longer).putInt(BODY_LENGTH_AT, longer.length - MessageCodec.ENVELOPE_BYTES);
        return longer;
    }
}
