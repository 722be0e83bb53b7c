package io.ticketmesh.ticket;

import io.ticketmesh.crdt.Written;
import java.util.List;

/**
 * A field into which several people wrote without knowing of each other.
 *
 * @param field the field's name in JSON
 * @param winner what the ticket shows, on every node
 * @param losers what else was written, by falling order of winning
 */
public record Conflict(String field, Written<?> winner, List<? extends Written<?>> losers) {
    public Conflict {
        losers = List.copyOf(losers);
    }
}
