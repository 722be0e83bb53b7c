package io.ticketmesh.store;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads tickets from a replica's store. Any thread may call, at any time, beside the one that commits; nothing blocks longer than
 * a disk read, or than it takes to sort the newest commit into the lists. Answers are immutable and hold all commits that had ended when the call began; a commit that ends during the call
 * may be seen in parts. Implementations throw an unchecked exception when stored bytes are damaged, and never serve them.
 */
public interface TicketReader {
    /** The ticket, deleted or not; empty when unknown or purged. */
    Optional<Ticket> ticket(TicketId id);

    /** What is left of a purged ticket. */
    Optional<Tombstone> tombstone(TicketId id);

    Optional<Comment> comment(TicketId ticket, CommentId id);

    /** All comments of the ticket, by their id. */
    List<Comment> comments(TicketId ticket);

    /** All operations of the ticket that this replica holds, by rising trace; empty when purged. */
    List<Operation> history(TicketId ticket);

    /** Ids of at most {@code max} born tickets whose keys lie in the range, both ends included, by rising key. */
    List<TicketId> withKeys(TicketKey first, TicketKey last, int max);

    /** Ids of at most {@code max} tickets that link to {@code target}. */
    List<TicketId> linkingTo(TicketId target, int max);

    /** Ids of at most {@code max} tickets that were merged into {@code target}. */
    List<TicketId> mergedInto(TicketId target, int max);

    /** Ids of at most {@code max} tickets that have these bytes attached. */
    List<TicketId> withAttachment(ContentHash hash, int max);

    /**
     * What tickets have attached, each bytes once, by rising hash.
     *
     * @param after above which hash; null for all
     * @param max 1 or more
     */
    List<Attachment> attachedAfter(@Nullable ContentHash after, int max);

    /**
     * The page that {@code query} asks for.
     *
     * @throws UnsupportedOperationException when the query is ranked, by stores that do not look at every ticket anyway
     */
    TicketPage page(TicketQuery query);

    /** How many tickets there are. */
    TicketCounts counts();

    /** The newest receipt of the same request, whatever its body; also of requests that came by snapshot. Forgotten after {@link RequestKey#KEPT_MILLIS}, at the latest after twice that. */
    Optional<Receipt> receipt(RequestKey key);
}
