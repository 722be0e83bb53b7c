package io.ticketmesh.search;

import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.TicketId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A store of which a test can see whether it was read from the beginning, and which can be made to fail. */
final class WatchedStore {
    private static final Set<String> READING = Set.of("changedSince", "ticketsAfter");

    final Set<TicketId> unreadable = ConcurrentHashMap.newKeySet();
    final AtomicBoolean failsOnce = new AtomicBoolean();
    /** Runs once, when the first tickets were gone through. */
    final AtomicReference<Runnable> halfWay = new AtomicReference<>(() -> {});

    private volatile boolean readFromTheBeginning;
    private final ReplicaReader reader;

    WatchedStore(ReplicaReader store) {
        reader = (ReplicaReader) Proxy.newProxyInstance(
                WatchedStore.class.getClassLoader(),
                new Class<?>[] {ReplicaReader.class},
                (proxy, method, arguments) -> {
                    boolean reads = READING.contains(method.getName());
                    readFromTheBeginning |= method.getName().equals("ticketsAfter");
                    if (reads && failsOnce.getAndSet(false)) {
                        throw new IllegalStateException("The disk is away");
                    } else if (method.getName().equals("ticketsAfter") && arguments[0] != null) {
                        halfWay.getAndSet(() -> {}).run();
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
