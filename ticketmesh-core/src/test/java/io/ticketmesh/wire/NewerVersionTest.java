package io.ticketmesh.wire;

import static io.ticketmesh.wire.GoldenValues.ALICE_1;
import static io.ticketmesh.wire.GoldenValues.COMMENT;
import static io.ticketmesh.wire.GoldenValues.TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.UnknownChange;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What newer versions may write, written here by hand, and what this one makes of it. */
class NewerVersionTest {
    private static final Change KNOWN = new SetTitle("known");

    private final WireCodec codec = new WireCodec();

    @Test
    void unknownFieldsOfAnOperationAreKeptAndPassedOn() {
        byte[] bytes = appended(codec.encodeOperation(operation(KNOWN)), output -> {
            output.textField(9, "a newer field");
            output.textField(3_000, "and one more");
        });

        Operation operation = codec.decodeOperation(bytes);

        assertThat(operation.changes()).containsExactly(KNOWN);
        assertThat(operation.unknownFields().length()).isPositive();
        assertThat(codec.encodeOperation(operation)).isEqualTo(bytes);
    }

    @Test
    void aChangeOfAnUnknownKindIsKeptBesideOthers() {
        UnknownChange unknown = new UnknownChange(5_000, Bytes.of(new byte[] {1, 2, 3}));
        Operation operation = operation(KNOWN, unknown, KNOWN);
        assertThat(codec.decodeOperation(codec.encodeOperation(operation))).isEqualTo(operation);
    }

    @Test
    void aNumberThatIsTakenByARecordOrByKryoIsNoKnownKindEither() {
        for (int kind : new int[] {0, 1, 7, WireIds.OPERATION, WireIds.TICKET}) {
            assertKept(kind, output -> output.textField(1, "text"));
        }
    }

    @Test
    void aKnownChangeWithANewerFieldIsKeptWhole() {
        assertKept(41, output -> {
            output.textField(1, "a title");
            output.textField(2, "its language");
        });
        assertKept(63, output -> output.textField(1, "why it is deleted"));
    }

    @Test
    void valuesBeyondTheLimitsOfThisVersionAreKeptAndHaveNoEffect() {
        Operation operation = assertKept(41, output -> output.textField(1, "long ".repeat(60) + "title"));
        Ticket ticket = operation.applyTo(Ticket.unborn(TICKET));
        assertThat(ticket.title().or("")).isEqualTo("known");

        assertKept(41, output -> output.textField(1, ""));
        assertKept(41, output -> output.textField(1, " not stripped "));
        assertKept(41, output -> output.textField(1, "two\nlines"));
        assertKept(46, output -> output.textField(1, "Not a slug"));
        assertKept(62, output -> number(output, 1, Long.MAX_VALUE));
        assertKept(62, output -> number(output, 1, 0));
    }

    @Test
    void unknownVariantsAreKept() {
        assertKept(49, output -> framed(output, 1, 4, "every Tuesday"));
        assertKept(50, output -> {
            output.textField(1, "floor");
            framed(output, 2, 8, "a colour");
        });
        assertKept(59, output -> {
            output.open(1);
            output.commentId(COMMENT);
            output.closeFrame();
            number(output, 2, 4);
            output.textField(3, "of a fourth kind");
        });
    }

    @Test
    void otherFormsOfKnownValuesAreKeptAsTheyCame() {
        assertKept(50, output -> {
            output.textField(1, "floor");
            output.open(2);
            output.unsigned(3);
            output.signed(0);
            output.writeBytes(new byte[] {0, 0, 7}); // 7 in three bytes
            output.closeFrame();
        });
        assertKept(50, output -> {
            output.textField(1, "floor");
            output.open(2);
            output.unsigned(3);
            output.signed(1);
            output.writeBytes(new byte[] {10}); // 1.0, which is written 1 here
            output.closeFrame();
        });
        assertKept(
                41,
                output -> { // not UTF-8
                    output.open(1);
                    output.writeBytes(new byte[] {'a', (byte) 0xC0, (byte) 0x80});
                    output.closeFrame();
                });
        assertKept(41, output -> output.writeBytes(new byte[] {1, 100, 'x'})); // a length beyond the body
        assertKept(41, output -> {}); // without its title
    }

    @Test
    void unknownFieldsOfOtherRecordsAreSkipped() {
        Consumer<WireOutput> newer = output -> output.textField(100, "newer");
        assertThat(codec.decodeTicket(appended(codec.encodeTicket(GoldenValues.ticket()), newer)))
                .isEqualTo(GoldenValues.ticket());
        assertThat(codec.decodeComment(appended(codec.encodeComment(GoldenValues.comment()), newer)))
                .isEqualTo(GoldenValues.comment());
        assertThat(codec.decodeReceipt(appended(codec.encodeReceipt(GoldenValues.receipt()), newer)))
                .isEqualTo(GoldenValues.receipt());
        LogEntry enrolled = GoldenValues.entries().get("Enrolled");
        assertThat(codec.decodeEntry(appended(codec.encodeEntry(enrolled), newer)))
                .isEqualTo(enrolled);
    }

    @Test
    void unknownFieldsOfAMemberAreSkippedToo() {
        LogEntry.Enrolled enrolled = (LogEntry.Enrolled) GoldenValues.entries().get("Enrolled");
        byte[] known = codec.encodeEntry(enrolled);
        byte[] member = Arrays.copyOfRange(known, 4, known.length); // behind id, version, tag and length
        byte[] bytes = written(output -> {
            output.startRecord(WireIds.ENROLLED);
            output.open(1);
            output.writeBytes(member);
            output.textField(6, "in which rack");
            output.closeFrame();
        });
        assertThat(codec.decodeEntry(bytes)).isEqualTo(enrolled);
    }

    @Test
    void aMemberBeyondTheLimitsOfThisVersionIsRefused() {
        byte[] bytes = written(output -> {
            output.startRecord(WireIds.ENROLLED);
            output.open(1);
            output.startRecord(WireIds.MEMBER);
            output.open(1);
            output.nodeId(GoldenValues.ALICE);
            output.closeFrame();
            output.textField(2, "n".repeat(Member.MAX_NAME_CHARS + 1));
            number(output, 3, 1);
            number(output, 4, 1);
            number(output, 5, 0);
            output.closeFrame();
        });
        assertThatThrownBy(() -> codec.decodeEntry(bytes))
                .isExactlyInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("129 characters");
    }

    @Test
    void aTicketWithUnknownVariantsReadsThemAsSafelyAsItCan() {
        Trace trace = operation(KNOWN).trace();
        byte[] bytes = written(output -> {
            output.startRecord(WireIds.TICKET);
            output.open(1);
            output.ticketId(TICKET);
            output.closeFrame();
            output.open(4);
            output.nearMillis(trace.time().millis());
            output.unsigned(0);
            output.signed(0);
            output.closeFrame();
            output.open(16);
            output.text("floor");
            output.trace(trace);
            output.openFrame();
            output.unsigned(8);
            output.text("a colour");
            output.closeFrame();
            output.closeFrame();
            output.open(19);
            output.trace(trace);
            output.unsigned(4);
            output.text("every Tuesday");
            output.closeFrame();
            output.open(20);
            output.commentId(COMMENT);
            output.unsigned(4);
            output.word("anna");
            output.signed(0);
            output.closeFrame();
        });

        Ticket ticket = codec.decodeTicket(bytes);

        assertThat(ticket.customFields().get("floor").or(new FieldValue.Text("fallback")))
                .isEqualTo(FieldValue.ABSENT);
        assertThat(ticket.customFields().get("floor").written().trace()).isEqualTo(trace);
        assertThat(ticket.due().or(new Due.At(Instant.EPOCH))).isEqualTo(Due.NEVER);
        assertThat(ticket.comments().get(COMMENT).orElseThrow().kind()).isEqualTo(CommentKind.INTERNAL);
        assertThat(ticket.newest()).isEqualTo(HybridTimestamp.of(trace.time().millis(), 0));
    }

    @Test
    void aLayoutOfALaterVersionIsRefusedWithItsNumber() {
        byte[] bytes = codec.encodeOperation(operation(KNOWN));
        bytes[1] = 2;
        assertThatThrownBy(() -> codec.decodeOperation(bytes))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessage("Version 2 of record 20 is not known here, at byte 1");
    }

    /** Between two known changes. */
    private Operation assertKept(int kind, Consumer<WireOutput> body) {
        UnknownChange kept = new UnknownChange(kind, Bytes.of(written(body)));
        Operation operation = operation(KNOWN, kept, KNOWN);
        byte[] bytes = codec.encodeOperation(operation);
        Operation decoded = codec.decodeOperation(bytes);
        assertThat(decoded.changes()).containsExactly(KNOWN, kept, KNOWN);
        assertThat(codec.encodeOperation(decoded)).isEqualTo(bytes);
        return decoded;
    }

    private static Operation operation(Change... changes) {
        return GoldenValues.operation(ALICE_1, 1, 0, VersionVector.EMPTY, changes);
    }

    private static void number(WireOutput output, int tag, long value) {
        output.open(tag);
        output.unsigned(value);
        output.closeFrame();
    }

    private static void framed(WireOutput output, int tag, int variant, String content) {
        output.open(tag);
        output.unsigned(variant);
        output.characters(content);
        output.closeFrame();
    }

    private static byte[] appended(byte[] bytes, Consumer<WireOutput> fields) {
        return written(output -> {
            output.writeBytes(bytes);
            fields.accept(output);
        });
    }

    private static byte[] written(Consumer<WireOutput> writing) {
        WireOutput output = new WireOutput();
        output.restart(WireCodec.MAX_BYTES);
        writing.accept(output);
        return output.toBytes();
    }
}
