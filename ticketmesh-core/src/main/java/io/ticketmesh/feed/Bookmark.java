package io.ticketmesh.feed;

import io.ticketmesh.oplog.Narration;
import io.ticketmesh.ticket.TicketId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The tickets of which was told of late, each up to the place where a reader stopped. For one thread. */
final class Bookmark {
    /** About the most characters that are kept; a ticket that has more by itself is read anew each time. */
    static final long MOST_CHARS = 4_000_000;

    /** The one that was told of last stands at the end. */
    private final Map<TicketId, Narration> narrations = new LinkedHashMap<>(16, 0.75f, true);

    Narration narration(TicketId id, Function<TicketId, Narration> anew) {
        return narrations.computeIfAbsent(id, anew);
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
