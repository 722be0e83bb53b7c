package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.List;

/**
 * The form of the log entry that adopts a ticket's state: the records of the ticket, its comments and its operations, or of its
 * tombstone. The ticket's id comes first, so that it can be had without the rest.
 */
final class AdoptedSerializer extends RecordSerializer<LogEntry.Adopted> {
    private static final int ID = 1;
    private static final int TICKET = 2;
    private static final int COMMENTS = 3;
    private static final int HISTORY = 4;
    private static final int TOMBSTONE = 5;

    AdoptedSerializer() {
        super(WireIds.ADOPTED);
    }

    @Override
    int lastTag() {
        return TOMBSTONE;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, LogEntry.Adopted adopted) {
        output.open(ID);
        output.ticketId(adopted.state().id());
        output.closeFrame();
        if (adopted.state() instanceof TicketState.Living living) {
            InnerRecords.write(kryo, output, TICKET, living.ticket());
            InnerRecords.writeAll(kryo, output, COMMENTS, living.comments());
            InnerRecords.writeAll(kryo, output, HISTORY, living.history());
        } else if (adopted.state() instanceof TicketState.Purged purged) {
            InnerRecords.write(kryo, output, TOMBSTONE, purged.tombstone());
        }
    }

    @Override
    LogEntry.Adopted readFields(Kryo kryo, WireInput input) {
        TicketId id = readId(input);
        TicketState state;
        if (input.open(TICKET)) {
            Ticket ticket = kryo.readObject(input, Ticket.class);
            input.closeFrame();
            List<Comment> comments = InnerRecords.readAll(kryo, input, COMMENTS, Comment.class);
            List<Operation> history = InnerRecords.readAll(kryo, input, HISTORY, Operation.class);
            state = new TicketState.Living(ticket, comments, history);
        } else {
            state = new TicketState.Purged(InnerRecords.read(kryo, input, TOMBSTONE, "tombstone", Tombstone.class));
        }
        if (!state.id().equals(id)) {
            throw input.malformed("The state of " + state.id() + " is named " + id);
        }
        return new LogEntry.Adopted(state);
    }

    /** The ticket of the encoded entry that begins here. */
    static TicketId ticketOf(WireInput input) {
        input.startRecord(WireIds.ADOPTED);
        return readId(input);
    }

    private static TicketId readId(WireInput input) {
        input.openRequired(ID, "id");
        TicketId id = input.ticketId();
        input.closeFrame();
        return id;
    }
}
