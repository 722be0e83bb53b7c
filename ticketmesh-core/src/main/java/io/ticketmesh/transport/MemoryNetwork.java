package io.ticketmesh.transport;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Outgoing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects replicas within one process: a message is delivered in the sender's thread, to every other replica or to one. Nothing
 * is lost unless the listener drops it; what is sent before the start or after the close is. Thread-safe.
 */
public final class MemoryNetwork {
    private final Map<Origin, TransportListener> listeners = new ConcurrentHashMap<>();

    /** The transport of one replica. */
    public Transport join(Origin self) {
        return new Transport() {
            @Override
            public void start(TransportListener listener) {
                listeners.put(self, listener);
            }

            @Override
            public void send(Outgoing outgoing) {
                if (listeners.containsKey(self)) {
                    deliver(self, outgoing);
                }
            }

            @Override
            public void close() {
                listeners.remove(self);
            }
        };
    }

    private void deliver(Origin from, Outgoing outgoing) {
        Origin to = outgoing.to();
        if (to == null) {
            listeners.forEach((origin, listener) -> {
                if (!origin.equals(from)) {
                    listener.received(from, outgoing.message());
                }
            });
        } else {
            TransportListener listener = listeners.get(to);
            if (listener != null) {
                listener.received(from, outgoing.message());
            }
        }
    }
}
