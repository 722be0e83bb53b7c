package io.ticketmesh.search;

import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.TicketId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store of which a test can see whether it was read from the beginning, and which can be made to fail. */
final class WatchedStore {
    final Set<TicketId> unreadable = ConcurrentHashMap.newKeySet();
    final AtomicBoolean failsOnce = new AtomicBoolean();
    private volatile boolean readFromTheBeginning;
    private final ReplicaReader reader;

    WatchedStore(ReplicaReader store) {
        reader = (ReplicaReader) Proxy.newProxyInstance(
                WatchedStore.class.getClassLoader(),
                new Class<?>[] {ReplicaReader.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("changedSince")) {
                        readFromTheBeginning |= arguments[0].equals(0L);
                        if (failsOnce.getAndSet(false)) {
                            throw new IllegalStateException("The disk is away");
                        }
                    } else if (method.getName().equals("ticket") && unreadable.contains((TicketId) arguments[0])) {
                        throw new IllegalStateException("The page is damaged");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    ReplicaReader reader() {
        return reader;
    }

    boolean wasReadFromTheBeginning() {
        return readFromTheBeginning;
    }
}
