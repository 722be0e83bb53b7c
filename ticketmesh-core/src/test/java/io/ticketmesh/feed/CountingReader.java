package io.ticketmesh.feed;

import io.ticketmesh.store.ReplicaReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a whole history is read. */
final class CountingReader {
    private final AtomicInteger histories = new AtomicInteger();
    private final ReplicaReader reader;

    CountingReader(ReplicaReader counted) {
        reader = (ReplicaReader) Proxy.newProxyInstance(
                ReplicaReader.class.getClassLoader(),
                new Class<?>[] {ReplicaReader.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("history")) {
                        histories.incrementAndGet();
                    }
                    try {
                        return method.invoke(counted, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    ReplicaReader reader() {
        return reader;
    }

    int histories() {
        return histories.get();
    }
}
