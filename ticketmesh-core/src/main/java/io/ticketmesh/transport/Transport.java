package io.ticketmesh.transport;

import io.ticketmesh.replica.Outgoing;

/**
 * Carries messages to other replicas. It may lose, repeat, delay and reorder them; anti-entropy repairs all of that. A message to
 * a replica that it cannot reach is dropped.
 */
public interface Transport extends AutoCloseable {
    /** Begins to receive. Called once, before the first send. */
    void start(TransportListener listener);

    /** Sends without waiting for anything; drops when its queue is full. Any thread may call. Never throws. */
    void send(Outgoing message);

    /** How it does; any thread may ask. */
    default TransportStatus status() {
        return TransportStatus.MEMORY;
    }

    /** Ends within five seconds and leaves no thread; a second call does nothing. */
    @Override
    void close();
}
