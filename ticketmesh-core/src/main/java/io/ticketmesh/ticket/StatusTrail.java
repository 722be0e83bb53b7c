package io.ticketmesh.ticket;

import io.ticketmesh.crdt.Lattice;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every status that a ticket was given, in the order in which writes win. Times of resolution and closing and the number of
 * reopenings are derived from it, so they cannot diverge from the status.
 */
public record StatusTrail(SortedMap<Trace, StatusValue> steps) implements Lattice<StatusTrail> {
    public static final StatusTrail EMPTY = new StatusTrail(new TreeMap<>());

    public StatusTrail {
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
    }

    public StatusTrail write(StatusValue value, Stamp stamp) {
        TreeMap<Trace, StatusValue> copy = new TreeMap<>(steps);
        copy.put(stamp.trace(), value);
        return new StatusTrail(copy);
    }

    @Override
    public StatusTrail merge(StatusTrail other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<Trace, StatusValue> merged = new TreeMap<>(other.steps);
        merged.putAll(steps);
        return new StatusTrail(merged);
    }
}
