package io.ticketmesh.feed;

import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import java.util.Random;

/** Changes of a ticket, whichever; those of comments that are not there or redacted are refused. */
final class RandomEdits {
    private RandomEdits() {}

    static void propose(TestPeer writer, TicketId ticket, Random random, int round) {
        writer.ask(Proposal.of(ticket, "somebody", List.of(next(random, round))));
    }

    private static Change next(Random random, int round) {
        CommentId comment = CommentId.timeOrdered(TestPeer.BEGINNING_MILLIS, 1, random.nextInt(4));
        return switch (random.nextInt(5)) {
            case 0 -> new SetTitle("Title " + round);
            case 1 -> new AddTag("tag" + random.nextInt(20));
            case 2 -> new AddComment(comment, CommentKind.PUBLIC, "Text " + round);
            case 3 -> new EditComment(comment, "Edited " + round);
            default -> random.nextInt(10) == 0 ? new RedactComment(comment) : new SetTitle("Other " + round);
        };
    }
}
