package io.ticketmesh.simulation;

import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Shows a store in pages of a few tickets and operations, so that every transfer takes several steps. */
final class SmallPages {
    private static final Map<String, Integer> PLACE_OF_MAX = Map.of("states", 1, "operations", 2);

    private SmallPages() {}

    static ReplicaReader of(MemoryStore store, int size) {
        return (ReplicaReader) Proxy.newProxyInstance(
                ReplicaReader.class.getClassLoader(),
                new Class<?>[] {ReplicaReader.class},
                (proxy, method, arguments) -> {
                    Integer place = PLACE_OF_MAX.get(method.getName());
                    if (place != null) {
                        arguments[place] = Math.min(size, (Integer) arguments[place]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
