package io.ticketmesh.spring;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.transport.MemoryNetwork;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network within this process that tells all when somebody joins, so that nobody waits for the next regular hello. */
public final class Hub {
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<TransportListener> listeners = new CopyOnWriteArrayList<>();

    Transport join(Origin origin) {
        return network.join(origin);
    }

    void greet(TransportListener newcomer) {
        listeners.add(newcomer);
        listeners.forEach(listener -> listener.groupChanged(listeners.size()));
    }
}
