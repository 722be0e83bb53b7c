package io.ticketmesh.oplog;

import io.ticketmesh.crdt.Trace;
import java.util.List;

/** What one operation changed in a ticket, who did it, when, and on which node. */
public record HistoryEntry(Trace trace, List<FieldChange> changes) {
    public HistoryEntry {
        changes = List.copyOf(changes);
    }
}
