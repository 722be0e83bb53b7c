package io.ticketmesh.search;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import java.util.ArrayList;
import java.util.List;

/** Where tickets are written in these tests: a store, and a clock that moves by a second with every operation. */
final class Desk {
    static final NodeId ALICE = new NodeId(0xA11CE, 1);

    final MemoryStore store;
    private final Origin here;
    private final Origin elsewhere;
    private long written;
    private long writtenElsewhere;
    private long millis = 1_767_225_600_000L; // 2026-01-01
    private long ids;

    Desk() {
        this(ALICE);
    }

    Desk(NodeId node) {
        store = new MemoryStore(node);
        here = new Origin(node, 1);
        elsewhere = new Origin(new NodeId(0xB0B, 2), 1);
    }

    TicketId create(String title, Change... changes) {
        return create(TicketId.timeOrdered(millis, 0, ++ids * 0x9E3779B97F4A7C15L), title, changes);
    }

    TicketId create(TicketId id, String title, Change... changes) {
        List<Change> all = new ArrayList<>();
        all.add(new CreateTicket(title));
        all.addAll(List.of(changes));
        commit(new OperationId(here, ++written), id, all);
        return id;
    }

    void change(TicketId id, Change... changes) {
        commit(new OperationId(here, ++written), id, List.of(changes));
    }

    /** A change by somebody who had seen nothing of the ticket. */
    void changeElsewhere(TicketId id, Change... changes) {
        commit(new OperationId(elsewhere, ++writtenElsewhere), id, List.of(changes));
    }

    CommentId comment(TicketId id, CommentKind kind, String body) {
        CommentId comment = CommentId.timeOrdered(millis, 0, ++ids * 0x9E3779B97F4A7C15L);
        change(id, new AddComment(comment, kind, body));
        return comment;
    }

    private void commit(OperationId operation, TicketId ticket, List<Change> changes) {
        millis += 1_000;
        Staging staging = new Staging(store);
        boolean local = operation.origin().equals(here);
        VersionVector seen = local ? staging.ticket(ticket).seen() : VersionVector.EMPTY;
        staging.apply(new Operation(
                operation, HybridTimestamp.of(millis, 0), millis, "ann", ticket, seen, null, changes, Bytes.EMPTY));
        store.commit(staging.commit());
    }
}
