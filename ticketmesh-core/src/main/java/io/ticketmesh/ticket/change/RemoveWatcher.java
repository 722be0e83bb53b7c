package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;

/** Takes somebody from the watchers; a concurrent addition survives. */
public record RemoveWatcher(String watcher) implements Change {
    public RemoveWatcher {
        watcher = Principals.require("watchers", watcher);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withWatchers(ticket.watchers().remove(watcher, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.watchers().contains(watcher);
    }
}
