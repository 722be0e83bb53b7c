package io.ticketmesh.replica;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Operations that came before something that they need. At most {@link #MAX}; when full the one that waited longest is dropped,
 * because a pull brings it again, and what it waited for may be lost for good.
 */
final class EarlyOperations {
    static final int MAX = 4_096;

    /** The most gaps in one origin's operations that are asked for at a time. */
    static final int MAX_GAPS = 16;

    private final Map<OperationId, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Operation operation, long sinceMillis) {}

    /**
     * Keeps the operation; one that waits already goes on waiting since then.
     *
     * @return whether it is one more that waits
     */
    boolean add(Operation operation, long nowMillis) {
        boolean full = waiting.size() >= MAX;
        if (full && !waiting.containsKey(operation.id())) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return waiting.putIfAbsent(operation.id(), new Waiting(operation, nowMillis)) == null && !full;
    }

    /**
     * The parts of a range that do not wait here, in their order: at most {@link #MAX_GAPS}, the first ones. None when the first
     * operation of the range waits: then it is another origin's that is missing.
     */
    List<OperationRange> gaps(OperationRange missing) {
        Origin origin = missing.origin();
        if (waiting.containsKey(new OperationId(origin, missing.first()))) {
            return List.of();
        }
        SortedSet<Long> here = new TreeSet<>();
        for (OperationId id : waiting.keySet()) {
            if (id.origin().equals(origin) && id.sequence() > missing.first() && id.sequence() <= missing.last()) {
                here.add(id.sequence());
            }
        }
        List<OperationRange> gaps = new ArrayList<>();
        long first = missing.first();
        for (long sequence : here) {
            if (sequence > first) {
                gaps.add(new OperationRange(origin, first, sequence - 1));
            }
            first = sequence + 1;
        }
        if (first <= missing.last()) {
            gaps.add(new OperationRange(origin, first, missing.last()));
        }
        return gaps.subList(0, Math.min(gaps.size(), MAX_GAPS));
    }

    /** Those that come next in their origins, each followed by those that come next behind it. Whatever {@code version} covers is forgotten. */
    List<Operation> inTurn(VersionVector version) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        waiting.keySet().removeIf(version::contains);
        Map<Origin, SortedMap<Long, Operation>> byOrigin = new LinkedHashMap<>();
        for (Waiting each : waiting.values()) {
            OperationId id = each.operation().id();
            byOrigin.computeIfAbsent(id.origin(), origin -> new TreeMap<>()).put(id.sequence(), each.operation());
        }
        List<Operation> next = new ArrayList<>();
        byOrigin.forEach((origin, operations) -> {
            long expected = version.get(origin) + 1;
            for (Operation operation : operations.values()) {
                if (operation.id().sequence() != expected++) {
                    break;
                }
                next.add(operation);
            }
        });
        return next;
    }

    /** One that comes next in its origin and still could not be applied since then: what it had seen does not come. */
    Optional<Operation> stuckSince(VersionVector version, long millis) {
        return waiting.values().stream()
                .filter(each -> each.sinceMillis() < millis && isNext(each.operation(), version))
                .map(Waiting::operation)
                .findFirst();
    }

    int size() {
        return waiting.size();
    }

    private static boolean isNext(Operation operation, VersionVector version) {
        return operation.id().sequence() == version.get(operation.id().origin()) + 1;
    }
}
