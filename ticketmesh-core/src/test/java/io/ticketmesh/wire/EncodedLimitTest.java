package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodedLimitTest {
    private static final TicketId ID = new TicketId(1, 2);

    private final EncodedLimit limit = new EncodedLimit();
    private long sequence;

    private Operation operation(List<? extends Change> changes) {
        return operation("alice", changes);
    }

    private Operation operation(String actor, List<? extends Change> changes) {
        return new Operation(
                new OperationId(new Origin(new NodeId(1, 2), 1), ++sequence),
                HybridTimestamp.of(1_000 + sequence, 0),
                1_000,
                actor,
                ID,
                VersionVector.EMPTY,
                null,
                List.copyOf(changes),
                Bytes.EMPTY);
    }

    private Operation comments(int count) {
        return operation(IntStream.range(0, count)
                .mapToObj(number -> new AddComment(new CommentId(3, number), CommentKind.PUBLIC, "x".repeat(65_536)))
                .toList());
    }

    /** Custom fields in ideographs, which take three bytes each. */
    private Operation fields(int count) {
        List<Change> changes = new ArrayList<>(List.of(new CreateTicket("Printer")));
        for (int number = 0; number < count; number++) {
            changes.add(new SetCustomField("field" + number, new FieldValue.Text("\u6f22".repeat(4_096))));
        }
        return operation(changes);
    }

    @Test
    void anOperationUpToTheLimitPasses() {
        Operation most = comments(7);

        assertThatCode(() -> limit.check(most, Ticket.unborn(ID), most.applyTo(Ticket.unborn(ID))))
                .doesNotThrowAnyException();
    }

    @Test
    void aLargerOperationIsRefusedByItsName() {
        for (int count : new int[] {8, 100}) {
            assertThatThrownBy(() -> limit.check(comments(count), Ticket.unborn(ID), Ticket.unborn(ID)))
                    .isInstanceOf(TooLargeException.class)
                    .hasMessageStartingWith("changes takes more than ");
        }
    }

    @Test
    void aTicketThatMergesMadeTooLargeMayChangeButNotGrow() {
        Ticket large = fields(38).applyTo(Ticket.unborn(ID));
        Operation small = operation(List.of(new SetCustomField("field0", new FieldValue.Text("short"))));
        Operation growing = operation(List.of(new SetCustomField("more", new FieldValue.Text("long"))));

        assertThatCode(() -> limit.check(small, large, small.applyTo(large))).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.check(growing, large, growing.applyTo(large)))
                .isInstanceOf(TooLargeException.class)
                .hasMessageStartingWith("ticket takes more than ");
    }

    @Test
    void theLargestTicketFitsIntoASnapshotWithTheLargestOperation() {
        WireCodec codec = new WireCodec();
        Operation birth = fields(37);
        Ticket ticket = birth.applyTo(Ticket.unborn(ID));
        limit.check(operation(List.of(new CreateTicket("x"))), Ticket.unborn(ID), ticket);
        Operation largest = comments(7);
        TicketState.Living state = new TicketState.Living(ticket, List.of(), List.of(largest));

        assertThat(codec.encodeEntry(new LogEntry.Adopted(state))).hasSizeLessThan(WireCodec.MAX_BYTES);
    }

    @Test
    void whatIsToldWithoutEncodingIsNeverTooLittle() {
        WireCodec codec = new WireCodec();
        String wide = "\u6f22".repeat(120);
        List<Change> all = List.of(
                new CreateTicket(wide),
                new SetTitle(wide + "x"),
                new SetDescription(wide.repeat(100)),
                new SetPriority(new Priority(Integer.MIN_VALUE, wide)),
                new SetQueue("q".repeat(64)),
                new AddTag("\u0390".repeat(40)), // three times as long in its normal form
                new AddTag("\u1fb7".repeat(40)),
                new SetAssignee(wide),
                new SetAssignee(null),
                new AddWatcher(wide),
                new AddWatcher("bob"),
                new SetStatus(new Status(wide), wide, Instant.ofEpochSecond(250_000_000_000L)),
                new SetStatus(Status.OPEN));
        for (String actor : new String[] {"", "alice", wide}) {
            for (int from = 0; from < all.size(); from++) {
                for (int to = from + 1; to <= all.size(); to++) {
                    Operation operation = operation(actor, all.subList(from, to));
                    Ticket ticket = operation.applyTo(Ticket.unborn(ID));
                    assertThat(SizeBound.of(operation)).isGreaterThan(codec.encodeOperation(operation).length);
                    assertThat(SizeBound.ofTicket(SizeBound.of(operation)))
                            .isGreaterThan(codec.encodeTicket(ticket).length);
                }
            }
        }
    }

    @Test
    void aManyTimesLargerTicketThanOneOperationCanMakeIsStillSeen() {
        Ticket large = fields(38).applyTo(Ticket.unborn(ID));
        Operation small = operation(List.of(new SetTitle("small")));

        assertThatThrownBy(() -> limit.check(small, Ticket.unborn(ID).withSeen(large.seen(), large.newest(), 1), large))
                .isInstanceOf(TooLargeException.class)
                .hasMessageStartingWith("ticket takes more than ");
    }
}
