package io.ticketmesh.feed;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Narration;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.TicketId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tickets of which was told of late, each up to the place where a reader stopped. For one thread. */
final class Bookmark {
    /** About the most characters that are kept; a ticket that has more by itself is read anew each time. */
    static final long MOST_CHARS = 4_000_000;

    /** The one that was told of last stands at the end. */
    private final Map<TicketId, Narration> narrations = new LinkedHashMap<>(16, 0.75f, true);

    private final ReplicaReader reader;

    Bookmark(ReplicaReader reader) {
        this.reader = reader;
    }

    boolean has(TicketId id) {
        return narrations.containsKey(id);
    }

    /** What was told of a ticket so far, which may be nothing. Whatever is told from here on leaves out what was redacted by now. */
    Narration narration(TicketId id) {
        return informed(narrations.computeIfAbsent(id, this::unborn));
    }

    /** The same, as if all that {@code seen} covers had been told, and nothing else. */
    Narration anew(TicketId id, VersionVector seen) {
        Narration narration = informed(unborn(id));
        for (Operation operation : reader.history(id)) {
            if (seen.contains(operation.id())) {
                narration.tell(operation);
            }
        }
        narrations.put(id, narration);
        return narration;
    }

    private Narration unborn(TicketId id) {
        return new Narration(id, comment -> isRedacted(id, comment));
    }

    private Narration informed(Narration narration) {
        reader.ticket(narration.ticket().id()).ifPresent(now -> narration.learn(now.redactions()));
        return narration;
    }

    private boolean isRedacted(TicketId ticket, CommentId comment) {
        return reader.comment(ticket, comment).filter(Comment::isRedacted).isPresent();
    }

    void forget(TicketId id) {
        narrations.remove(id);
    }

    /** Lets go of what was told of longest ago, until the rest is small enough. */
    void trim() {
        long chars = narrations.values().stream().mapToLong(Narration::size).sum();
        Iterator<Narration> oldest = narrations.values().iterator();
        while (chars > MOST_CHARS) {
            chars -= oldest.next().size();
            oldest.remove();
        }
    }
}
