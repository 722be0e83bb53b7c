package io.ticketmesh.spring;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.util.concurrent.atomic.AtomicBoolean;

/** What connects a node to a hub, unless it is pulled: then what the node sends is lost. */
public final class Cable implements Transport {
    private final Hub hub;
    private final Transport transport;
    private final AtomicBoolean plugged;

    public Cable(Hub hub, Origin origin, AtomicBoolean plugged) {
        this.hub = hub;
        this.transport = hub.join(origin);
        this.plugged = plugged;
    }

    @Override
    public void start(TransportListener listener) {
        transport.start(listener);
        hub.greet(listener);
    }

    @Override
    public void send(Outgoing message) {
        if (plugged.get()) {
            transport.send(message);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
