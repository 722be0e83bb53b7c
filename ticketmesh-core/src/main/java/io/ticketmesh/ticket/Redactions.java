package io.ticketmesh.ticket;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.crdt.Lattice;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The redactions that took title, description and custom fields of a ticket away. A write whose author had not seen all of them is
 * void wherever it arrives, so that a redaction beats concurrent writes; who has seen them can write anew. Only grows.
 *
 * @param traces who redacted and when, by operation
 */
public record Redactions(SortedMap<OperationId, Trace> traces) implements Lattice<Redactions> {
    public static final Redactions NONE = new Redactions(new TreeMap<>());

    public Redactions {
        traces = Collections.unmodifiableSortedMap(new TreeMap<>(traces));
    }

    public Redactions with(Trace redaction) {
        TreeMap<OperationId, Trace> more = new TreeMap<>(traces);
        more.put(redaction.operation(), redaction);
        return new Redactions(more);
    }

    public boolean isEmpty() {
        return traces.isEmpty();
    }

    /** Whether these are all of the others, and perhaps more. */
    public boolean cover(Redactions others) {
        return traces.keySet().containsAll(others.traces.keySet());
    }

    /** Whether the author of a write had not seen all of them. */
    public boolean voids(Stamp stamp) {
        return !traces.isEmpty() && !traces.values().stream().allMatch(stamp::hasSeen);
    }

    /** The one that counts as the author of what is left. */
    public Optional<Trace> last() {
        return traces.values().stream().max(Comparator.naturalOrder());
    }

    @Override
    public Redactions merge(Redactions other) {
        if (cover(other)) {
            return this;
        } else if (other.cover(this)) {
            return other;
        }
        TreeMap<OperationId, Trace> all = new TreeMap<>(traces);
        all.putAll(other.traces);
        return new Redactions(all);
    }
}
