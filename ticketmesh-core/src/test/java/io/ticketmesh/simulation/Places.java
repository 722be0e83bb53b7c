package io.ticketmesh.simulation;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The ids of all tickets of a run, and how two machines' copies of one compare. */
final class Places {
    private final List<TicketId> tickets = new ArrayList<>();

    void add(TicketId id) {
        if (!tickets.contains(id)) {
            tickets.add(id);
        }
    }

    List<TicketId> all() {
        return Collections.unmodifiableList(tickets);
    }

    static boolean isSame(MemoryStore one, MemoryStore two, TicketId id) {
        return one.ticket(id).equals(two.ticket(id))
                && one.tombstone(id).equals(two.tombstone(id))
                && one.comments(id).equals(two.comments(id))
                && one.history(id).equals(two.history(id));
    }

    static void requireSameTicket(Machine one, Machine two, TicketId id) {
        if (!isSame(one.disk(), two.disk(), id)) {
            throw new AssertionError(one.name() + " and " + two.name() + " differ in ticket " + id.key() + ":\n  "
                    + describe(one, id) + "\n  " + describe(two, id));
        }
        Optional<String> etag = one.disk().ticket(id).map(Ticket::etag);
        if (!etag.equals(two.disk().ticket(id).map(Ticket::etag))) {
            throw new AssertionError(one.name() + " and " + two.name() + " give equal tickets different entity tags");
        }
    }

    static String describe(Machine machine, TicketId id) {
        MemoryStore disk = machine.disk();
        return machine.name() + " at " + disk.version() + ", ahead " + disk.ahead() + ": "
                + disk.ticket(id).map(Places::describe).orElse("no ticket") + ", "
                + disk.tombstone(id) + ", comments " + disk.comments(id) + ", history "
                + disk.history(id).stream().map(Operation::id).toList();
    }

    private static String describe(Ticket ticket) {
        return ticket + " title " + ticket.title() + " status " + ticket.status() + " tags " + ticket.tags()
                + " occurrences " + ticket.occurrences() + " deleted " + ticket.deleted();
    }
}
