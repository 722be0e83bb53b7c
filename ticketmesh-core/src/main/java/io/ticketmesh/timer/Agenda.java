package io.ticketmesh.timer;

import io.ticketmesh.ticket.TicketId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets are to be looked at next, and when. Holds so many at most; when there are more, those that are latest are forgotten,
 * and {@link #horizon()} says up to when it is complete. For one thread.
 */
final class Agenda {
    private final int capacity;
    private final TreeSet<Entry> entries = new TreeSet<>();
    private final Map<TicketId, Entry> byTicket = new HashMap<>();
    private long horizon = Long.MAX_VALUE;

    /**
     * A ticket that is to be looked at.
     *
     * @param sinceMillis from when on nodes take turns with it
     */
    record Entry(TicketId ticket, long atMillis, long sinceMillis) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : ticket.compareTo(other.ticket);
        }
    }

    Agenda(int capacity) {
        this.capacity = capacity;
    }

    /** The ticket is to be looked at then, and at no other time. */
    void put(TicketId ticket, long atMillis, long sinceMillis) {
        remove(ticket);
        Entry entry = new Entry(ticket, atMillis, sinceMillis);
        entries.add(entry);
        byTicket.put(ticket, entry);
        if (entries.size() > capacity) {
            Entry latest = entries.last();
            remove(latest.ticket());
            horizon = Math.min(horizon, latest.atMillis());
        }
    }

    void remove(TicketId ticket) {
        Entry entry = byTicket.remove(ticket);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    /** What is kept of the ticket; null when it is not. */
    @Nullable
    Entry get(TicketId ticket) {
        return byTicket.get(ticket);
    }

    /** Takes a ticket out that is to be looked at by now; null when there is none. */
    @Nullable
    Entry take(long nowMillis) {
        if (entries.isEmpty() || entries.first().atMillis() > nowMillis) {
            return null;
        }
        Entry entry = entries.first();
        remove(entry.ticket());
        return entry;
    }

    int size() {
        return entries.size();
    }

    /** From then on something may have been forgotten; milliseconds since 1970. */
    long horizon() {
        return horizon;
    }

    /** All tickets are put again from now on. */
    void beginAnew() {
        horizon = Long.MAX_VALUE;
    }
}
