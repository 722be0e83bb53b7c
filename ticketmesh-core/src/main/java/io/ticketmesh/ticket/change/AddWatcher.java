package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.List;

/** Adds somebody who wants to hear of the ticket. */
public record AddWatcher(String watcher) implements Change {
    /** The most watchers that one ticket can have. */
    public static final int MAX_WATCHERS = 200;

    /** The most characters (UTF-16 units) of a principal's name. */
    public static final int MAX_CHARS = Principals.MAX_CHARS;

    public AddWatcher {
        watcher = Principals.require("watchers", watcher);
    }

    /** The changes that make those watch who are mentioned in a text and do not yet; as many as there is room for. */
    static List<Change> ofMentioned(List<String> names, Ticket ticket) {
        return names.stream()
                .map(AddWatcher::new)
                .filter(watcher -> watcher.affects(ticket))
                .limit(Math.max(0, MAX_WATCHERS - ticket.watchers().size()))
                .map(Change.class::cast)
                .toList();
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withWatchers(ticket.watchers().put(watcher, true, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.watchers().size() >= MAX_WATCHERS && affects(ticket)) {
            throw new InvalidChangeException(
                    "watchers", "too-many", "has more than " + MAX_WATCHERS + " names", (long) MAX_WATCHERS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.watchers().contains(watcher);
    }
}
