package io.ticketmesh.wire;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import org.jspecify.annotations.Nullable;

/**
 * What an operation can take at most, told from the lengths of its texts without encoding it: a few times more than it takes. For
 * the changes of which most tickets are made; all others may take any number of bytes.
 */
final class SizeBound {
    /** More than all numbers, ids and tags of an operation or a change, and than one entry of a version. */
    private static final int NUMBERS = 512;

    /** Of a character in UTF-8. */
    private static final int CHAR_BYTES = 3;

    /** A text goes into a ticket at most twice, by itself and as its normal form, which can be longer; its trace at most twice. */
    private static final int TIMES_IN_TICKET = 4;

    private SizeBound() {}

    /** The most bytes of an operation; {@link Long#MAX_VALUE} when that is not known. */
    static long of(Operation operation) {
        int actor = CHAR_BYTES * operation.actor().length();
        long bound = NUMBERS * (1L + operation.seen().size())
                + actor
                + operation.unknownFields().length();
        for (Change change : operation.changes()) {
            int chars = chars(change);
            if (chars < 0) {
                return Long.MAX_VALUE;
            }
            bound += NUMBERS + actor + CHAR_BYTES * (long) chars; // a ticket repeats the actor for each
        }
        return bound;
    }

    /** The most bytes of the ticket that an operation of that bound makes out of nothing. */
    static long ofTicket(long operationBound) {
        return operationBound == Long.MAX_VALUE ? operationBound : TIMES_IN_TICKET * operationBound;
    }

    /** The characters of a change; -1 when it may hold more than texts. */
    private static int chars(Change change) {
        if (change instanceof CreateTicket create) {
            return create.title().length();
        } else if (change instanceof SetTitle set) {
            return set.title().length();
        } else if (change instanceof SetDescription set) {
            return set.description().length();
        } else if (change instanceof SetPriority set) {
            return set.priority().name().length();
        } else if (change instanceof SetQueue set) {
            return set.queue().length();
        } else if (change instanceof AddTag add) {
            return add.tag().length();
        } else if (change instanceof SetAssignee set) {
            return length(set.assignee());
        } else if (change instanceof AddWatcher add) {
            return add.watcher().length();
        } else if (change instanceof SetStatus set) {
            return set.status().name().length() + length(set.resolution());
        }
        return -1;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
