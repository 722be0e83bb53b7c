package io.ticketmesh.node;

import io.ticketmesh.replica.TicketEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners on a thread of its own, so that a slow listener never holds up the replica. The queue holds
 * {@link #CAPACITY} events; when it is full events are dropped and every listener is told that it missed some.
 */
final class EventHub implements AutoCloseable {
    static final int CAPACITY = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final BlockingQueue<TicketEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "ticketmesh-events");
    private volatile boolean closed;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    Subscription subscribe(EventListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Never waits. */
    void publish(List<TicketEvent> events) {
        if (listeners.isEmpty()) {
            return;
        }
        for (TicketEvent event : events) {
            if (!queue.offer(event)) {
                missed.set(true);
            }
        }
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            try {
                TicketEvent event = queue.poll(200, TimeUnit.MILLISECONDS);
                if (missed.getAndSet(false)) {
                    listeners.forEach(listener -> guarded(listener::eventsMissed));
                }
                if (event != null) {
                    listeners.forEach(listener -> guarded(() -> listener.ticketChanged(event)));
                }
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            LOG.warn("A listener of ticket events failed", failure);
        }
    }

    /** Delivers what is queued for at most two seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
