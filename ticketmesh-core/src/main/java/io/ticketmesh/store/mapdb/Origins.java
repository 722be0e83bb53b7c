package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Short local numbers for origins, in order of first arrival. Numbering is for the writer, looking up for any thread. */
final class Origins {
    private static final int SEQUENCE_BITS = 40;

    private final Map<Origin, Integer> numbers = new ConcurrentHashMap<>();
    private final List<Origin> inOrder = new CopyOnWriteArrayList<>();

    Origins(List<Origin> inOrder) {
        inOrder.forEach(this::number);
    }

    /** The number of an origin; -1 when it has none. */
    int find(Origin origin) {
        return numbers.getOrDefault(origin, -1);
    }

    Origin at(int number) {
        return inOrder.get(number);
    }

    /** The number of an origin, which gets one if it has none. */
    int number(Origin origin) {
        Integer known = numbers.get(origin);
        if (known != null) {
            return known;
        }
        int number = inOrder.size();
        inOrder.add(origin);
        numbers.put(origin, number);
        return number;
    }

    /** One long for an operation, different for all that this store will ever hold. */
    long pack(OperationId operation) {
        return ((long) number(operation.origin()) << SEQUENCE_BITS) | operation.sequence();
    }

    /** All origins by their numbers. For the writer. */
    List<Origin> inOrder() {
        return inOrder;
    }
}
