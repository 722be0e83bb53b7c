package io.ticketmesh.replica;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Operations that came before something that they need. At most {@link #MAX}; when full the one that waited longest is dropped,
 * because a pull brings it again, and what it waited for may be lost for good.
 */
final class EarlyOperations {
    static final int MAX = 4_096;

    /** The most gaps in one origin's operations that are asked for at a time. */
    static final int MAX_GAPS = 16;

    private final Map<OperationId, Waiting> byAge = new LinkedHashMap<>();
    /** The same ones; nothing here reads all that wait, because every message asks what comes next. */
    private final Map<Origin, NavigableMap<Long, Waiting>> byOrigin = new LinkedHashMap<>();

    private record Waiting(Operation operation, long sinceMillis) {}

    /**
     * Keeps the operation; one that waits already goes on waiting since then.
     *
     * @return whether it is one more that waits
     */
    boolean add(Operation operation, long nowMillis) {
        OperationId id = operation.id();
        if (byAge.containsKey(id)) {
            return false;
        }
        boolean full = byAge.size() >= MAX;
        if (full) {
            remove(byAge.keySet().iterator().next());
        }
        Waiting waiting = new Waiting(operation, nowMillis);
        byAge.put(id, waiting);
        byOrigin.computeIfAbsent(id.origin(), origin -> new TreeMap<>()).put(id.sequence(), waiting);
        return !full;
    }

    private void remove(OperationId id) {
        byAge.remove(id);
        byOrigin.computeIfPresent(id.origin(), (origin, siblings) -> {
            siblings.remove(id.sequence());
            return siblings.isEmpty() ? null : siblings;
        });
    }

    /**
     * The parts of a range that do not wait here, in their order: at most {@link #MAX_GAPS}, the first ones. None when the first
     * operation of the range waits: then it is another origin's that is missing.
     */
    List<OperationRange> gaps(OperationRange missing) {
        Origin origin = missing.origin();
        if (byAge.containsKey(new OperationId(origin, missing.first()))) {
            return List.of();
        }
        List<OperationRange> gaps = new ArrayList<>();
        long first = missing.first();
        for (long sequence :
                ofOrigin(origin).subMap(first, true, missing.last(), true).keySet()) {
            if (sequence > first) {
                gaps.add(new OperationRange(origin, first, sequence - 1));
            }
            if (gaps.size() == MAX_GAPS) {
                return gaps;
            }
            first = sequence + 1;
        }
        if (first <= missing.last()) {
            gaps.add(new OperationRange(origin, first, missing.last()));
        }
        return gaps;
    }

    /** Whose operations wait. */
    List<Origin> origins() {
        return List.copyOf(byOrigin.keySet());
    }

    /** The one that comes next in its origin, if it waits here. Whatever {@code version} covers of the origin is forgotten. */
    Optional<Operation> next(Origin origin, VersionVector version) {
        long applied = version.get(origin);
        List.copyOf(ofOrigin(origin).headMap(applied, true).values())
                .forEach(covered -> remove(covered.operation().id()));
        return waiting(origin, applied + 1).map(Waiting::operation);
    }

    /** One that comes next in its origin and still could not be applied since then: what it had seen does not come. */
    Optional<Operation> stuckSince(VersionVector version, long millis) {
        return byOrigin.keySet().stream()
                .flatMap(origin -> waiting(origin, version.get(origin) + 1).stream())
                .filter(each -> each.sinceMillis() < millis)
                .min(Comparator.comparingLong(Waiting::sinceMillis))
                .map(Waiting::operation);
    }

    int size() {
        return byAge.size();
    }

    private Optional<Waiting> waiting(Origin origin, long sequence) {
        return Optional.ofNullable(byAge.get(new OperationId(origin, sequence)));
    }

    private NavigableMap<Long, Waiting> ofOrigin(Origin origin) {
        return byOrigin.getOrDefault(origin, Collections.emptyNavigableMap());
    }
}
