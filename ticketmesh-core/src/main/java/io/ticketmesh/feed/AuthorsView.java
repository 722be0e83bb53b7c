package io.ticketmesh.feed;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Narration;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.Optional;

/**
 * Single operations as news, told as their authors saw them: what was different before is what the author had before him. So the news of
 * an operation are the same on every node and whenever they are asked for, but for what was redacted or purged meanwhile. For one
 * thread; who asks for the operations of a ticket in order does not make its history be read each time.
 */
public final class AuthorsView {
    /** How often old stories are let go of; at once when one is large. */
    private static final int TRIM_EVERY = 256;

    private static final long LARGE_CHARS = 16_000;

    private final ReplicaReader reader;
    private final Bookmark told;
    private int asked;

    public AuthorsView(ReplicaReader reader) {
        this.reader = reader;
        this.told = new Bookmark(reader);
    }

    /** The operation, if it is to be had here one by one. */
    public Optional<Operation> operation(OperationId id) {
        long floor = reader.floor().get(id.origin());
        if (id.sequence() <= floor || !reader.version().contains(id)) {
            return Optional.empty();
        }
        return reader.operations(id.origin(), id.sequence(), 1).stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst();
    }

    /** What the operation did; empty when it is none of a ticket's, or all that is left of its ticket is that it was purged. */
    public Optional<TicketNews> news(Operation operation) {
        TicketId id = operation.ticket();
        if (operation.purges()) {
            told.forget(id);
            return Optional.of(TicketNews.purged(operation, operation.seen().with(operation.id())));
        }
        if (reader.tombstone(id).isPresent()) {
            told.forget(id);
            return Optional.empty();
        }
        Narration narration = told.narration(id);
        if (!narration.ticket().seen().equals(operation.seen())) {
            narration = told.anew(id, operation.seen());
        }
        List<FieldChange> changes = narration.tell(operation);
        Ticket after = narration.ticket();
        if (++asked % TRIM_EVERY == 0 || narration.size() > LARGE_CHARS) {
            told.trim();
        }
        return after.isBorn()
                ? Optional.of(TicketNews.changed(operation, after, changes, after.seen()))
                : Optional.empty();
    }
}
