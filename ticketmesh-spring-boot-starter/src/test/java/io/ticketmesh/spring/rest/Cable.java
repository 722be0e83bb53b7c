package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.transport.MemoryNetwork;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.util.concurrent.atomic.AtomicBoolean;

/** What connects a node to a network within this process, unless it is pulled: then what the node sends is lost. */
record Cable(Transport transport, AtomicBoolean plugged) implements Transport {
    Cable(MemoryNetwork network, Origin origin, AtomicBoolean plugged) {
        this(network.join(origin), plugged);
    }

    @Override
    public void start(TransportListener listener) {
        transport.start(listener);
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
