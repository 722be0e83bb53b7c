package io.ticketmesh.replica;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Operations that came before something that they need. At most {@link #MAX}; further ones are dropped, because a pull brings
 * them again.
 */
final class EarlyOperations {
    static final int MAX = 4_096;

    private final TreeMap<OperationId, Operation> waiting = new TreeMap<>();

    void add(Operation operation) {
        if (waiting.size() < MAX) {
            waiting.put(operation.id(), operation);
        }
    }

    /** Takes out all that have their turn in their origin; whatever {@code version} covers is forgotten. */
    List<Operation> takeReady(VersionVector version) {
        waiting.keySet().removeIf(version::contains);
        List<Operation> ready = new ArrayList<>();
        for (Operation operation : waiting.values()) {
            if (operation.id().sequence() == version.get(operation.id().origin()) + 1) {
                ready.add(operation);
            }
        }
        ready.forEach(operation -> waiting.remove(operation.id()));
        return ready;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }
}
